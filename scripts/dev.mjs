// npm run dev: the development server, with hot reload. Arguments go to `next dev`.
import './require-node.mjs'

const { runCommand } = await import('./problem.mjs')
const { serve } = await import('./serve.mjs')

await runCommand(() => serve('dev', process.argv.slice(2)))
