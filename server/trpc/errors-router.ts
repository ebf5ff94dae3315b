// What went wrong lately, for the browser.
import { recentExceptions } from '../instrument/exceptions'
import { procedure, router } from './init'

export const errorsRouter = router({
  /** The last 100 exceptions of this process, newest first. */
  recent: procedure.query(() => recentExceptions()),
})
