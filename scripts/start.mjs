// npm start: the production server, from whatever state the clone is in.
import './require-node.mjs'

const { runCommandLine } = await import('./command-line.mjs')
const { serve, START_OPTIONS, VARIABLES } = await import('./serve.mjs')

await runCommandLine(
  {
    command: 'npm start',
    about:
      'Starts the app and its dashboard in production: installs the packages and builds the app if that is needed, then serves http://localhost:3000 until Ctrl+C. The dashboard is at /dashboard.',
    options: START_OPTIONS,
    variables: VARIABLES,
    examples: {
      'npm start -- -p 4000': 'on another port',
      'HEARTH_TOKEN=... npm start -- -H 0.0.0.0': 'open to the network, with a login',
    },
  },
  ({ options }) => serve('start', options),
)
