// npm run dev: the development server, with hot reload.
import './require-node.mjs'

const { runCommandLine } = await import('./command-line.mjs')
const { DEV_OPTIONS, serve, VARIABLES } = await import('./serve.mjs')

await runCommandLine(
  {
    command: 'npm run dev',
    about:
      'Starts the app and its dashboard for development, with hot reload: installs the packages if that is needed, then serves http://localhost:3000 with next dev until Ctrl+C.',
    options: DEV_OPTIONS,
    variables: VARIABLES,
    examples: { 'npm run dev -- -p 4000': 'on another port' },
  },
  ({ options }) => serve('dev', options),
)
