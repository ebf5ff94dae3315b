// What went wrong lately, for the browser.
import { exceptionExamples, exceptionGroups, recentExceptions } from '../instrument/exceptions'
import { procedure, router } from './init'
import { examplesInput } from './inputs'

export const errorsRouter = router({
  /** The last 100 exceptions of this process, newest first. */
  recent: procedure.query(() => recentExceptions()),
  /** The exceptions of this process by class, route and kind: the newest of each, first and last seen. At most 200. */
  groups: procedure.query(() => exceptionGroups()),
  /** The newest 5 of one of these that have different messages, newest first. */
  examples: procedure.input(examplesInput).query(({ input }) => exceptionExamples(input)),
})
