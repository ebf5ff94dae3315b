// The types of the routes, as they are now: `next typegen` adds those that are new and leaves those that are gone.
import { forgetRouteTypes } from './ensure-build.mjs'
import { runCommand } from './problem.mjs'
import { programOf, run } from './run.mjs'

await runCommand(() => {
  forgetRouteTypes()
  return run(process.execPath, [programOf('next'), 'typegen'])
})
