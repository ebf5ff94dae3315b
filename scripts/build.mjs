// The build that the tests run against: also as a standalone server. Does nothing when it is up to date.
import { ensureBuild } from './ensure-build.mjs'
import { runCommand } from './problem.mjs'

await runCommand(async () => {
  await ensureBuild({ standalone: true })
  return 0
})
