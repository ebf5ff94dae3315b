// npm start: the production server, from whatever state the clone is in. Arguments go to `next start`.
import './require-node.mjs'

const { runCommand } = await import('./problem.mjs')
const { serve } = await import('./serve.mjs')

await runCommand(() => serve('start', process.argv.slice(2)))
