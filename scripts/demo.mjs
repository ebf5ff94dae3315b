// npm run demo: the production server with its demo routes, and clients that use them. Its history is apart from that of
// the app. Arguments go to `next start`.
import './require-node.mjs'

const { sendTraffic } = await import('./demo-traffic.mjs')
const { runCommand } = await import('./problem.mjs')
const { serve } = await import('./serve.mjs')

const MINUTES = 30

await runCommand(() =>
  serve('start', process.argv.slice(2), {
    env: { DEMO_ROUTES: '1', DATA_DIR: process.env.DATA_DIR ?? '.hearth/demo' },
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
Open ${url}/dashboard and watch: for ${MINUTES} minutes, clients on this machine send about 40 requests a second,
with a burst every 45 seconds. Some are slow, some fail, some stream, and some clients leave before their answer.
The errors are made on purpose, so the dashboard shows them and this terminal doesn't. Ctrl+C ends it all.
`)
  await sendTraffic(url, MINUTES * 60_000, stopped)
  if (stopped.aborted) return
  console.log(`The ${MINUTES} minutes are over, and so is the traffic. The server goes on until Ctrl+C.`)
}
