// npm run demo: the production server with its demo routes, and clients that use them. It keeps a history of its own.
import './require-node.mjs'

const { runCommandLine } = await import('./command-line.mjs')
const { sendTraffic } = await import('./demo-traffic.mjs')
const { serve, START_OPTIONS, VARIABLES } = await import('./serve.mjs')

const MINUTES = 30
const DATA_DIR = '.hearth/demo'

await runCommandLine(
  {
    command: 'npm run demo',
    about: `Starts the production server with demo routes under /demo, and sends them about 40 requests a second for ${MINUTES} minutes: fast and slow ones, errors, streams, bursts. It is the quickest way to see the dashboard with data. The clients run on this machine and ask this server only.`,
    options: START_OPTIONS,
    variables: { ...VARIABLES, DATA_DIR: `the folder of the history on disk (${DATA_DIR}); empty: in memory only` },
    examples: {
      'npm run demo': 'then open http://localhost:3000/dashboard',
      'npm run demo -- -p 4000': 'on another port',
    },
  },
  ({ options }) =>
    serve('start', options, {
      env: { DEMO_ROUTES: '1', DATA_DIR: process.env.DATA_DIR ?? DATA_DIR },
      hidesErrors: true,
      beside: letClientsIn,
    }),
)

/**
 * @param {string} url
 * @param {AbortSignal} stopped
 */
async function letClientsIn(url, stopped) {
  console.log(`
Open ${url}/dashboard. For ${MINUTES} minutes, clients on this machine send about 40 requests a second, with a burst
every 45 seconds. Some are slow, some fail, some stream, and some clients leave before the response.
The errors are intended: the dashboard shows them, this terminal does not. Stop it with Ctrl+C.
`)
  await sendTraffic(url, MINUTES * 60_000, stopped)
  if (stopped.aborted) return
  console.log(`The demo traffic has ended after ${MINUTES} minutes. The server keeps running until Ctrl+C.`)
}
