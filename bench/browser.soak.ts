// What an open dashboard costs the browser, and whether it or the server grows: the overview of the production build at
// 5 minutes with 300 points in every line, under the demo's traffic.
// Aims: at most 200 kB of script, compressed; at most 60 ms of script per tick for the whole page; no growth of the heap over
// 10 minutes.
import { setTimeout as sleep } from 'node:timers/promises'
import { sendTraffic } from '../scripts/demo-traffic.mjs'
import type { FirstVisit, Spent } from './measured-page'
import { openMeasured } from './measured-page'
import { startMeasured } from './measured-process'
import { readOptions } from './options'
import type { Aim, Row } from './report'
import { report } from './report'
import type { Point } from './slope'
import { slopeOf } from './slope'

const TICKS_PER_WINDOW = 10
const WINDOWS_PER_MINUTE = 6
const VISITS = 5
const BYTES_AIM: Aim = { bound: 'at most', limit: 200, of: 'figure' }
const SCRIPT_AIM: Aim = { bound: 'at most', limit: 60, of: 'figure' }
/** What is left after a garbage collection varies by more than this. */
const GROWTH_AIM: Aim = { bound: 'at most', limit: 1, of: 'figure' }

const { minutes, 'minutes-before': minutesBefore } = readOptions('browser.soak.ts')

// Before anything is measured, the storage has to be full, with the series that the open page itself causes.
const env = { DEMO_ROUTES: '1', SCRAPE_INTERVAL: '1s', RETENTION: '6m' }
const server = await startMeasured(['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1'], env)
const ending = new AbortController()
const traffic = sendTraffic(server.url, (minutesBefore + minutes + 5) * 60_000, ending.signal)
const page = await openMeasured(`${server.url}/dashboard?range=5m`)
console.log(`Filling the history for ${minutesBefore} minutes, then measuring for ${minutes} ...`)
await sleep(minutesBefore * 60_000)

const visits: FirstVisit[] = []
for (let visit = 0; visit < VISITS; visit++) visits.push(await page.firstVisit())
const explored = await page.firstVisit(`${server.url}/dashboard/explore?g0.expr=up`)

const perTick: Spent[] = []
const pageHeap: Point[] = []
const serverHeap: Point[] = []
for (let minute = 0; minute <= minutes; minute++) {
  const [pageMb, serverMb] = [(await page.heapBytes()) / 1e6, (await server.heapBytes()) / 1e6]
  pageHeap.push({ x: minute, y: pageMb })
  serverHeap.push({ x: minute, y: serverMb })
  console.log(`Minute ${minute}: heap of the page ${pageMb.toFixed(1)} MB, of the server ${serverMb.toFixed(1)} MB`)
  for (let window = 0; window < WINDOWS_PER_MINUTE && minute < minutes; window++) perTick.push(await measureWindow())
}

await page.close()
ending.abort()
await traffic
await server.stop()

report(`The overview at 5 minutes, 1 tick per second, ${minutes} minutes in windows of ${TICKS_PER_WINDOW} ticks`, [
  {
    name: 'script, compressed',
    unit: 'kB',
    figures: visits.map(({ scriptBytes }) => scriptBytes / 1000),
    aim: BYTES_AIM,
  },
  { name: 'script of Explore, compressed, with its editor', unit: 'kB', figures: [explored.scriptBytes / 1000] },
  { name: 'first contentful paint, with the history', unit: 'ms', figures: visits.map(({ paintMs }) => paintMs) },
  { name: 'script per tick', unit: 'ms', figures: perTick.map(({ script }) => script), aim: SCRIPT_AIM },
  {
    name: 'main thread per tick, with style, layout and painting',
    unit: 'ms',
    figures: perTick.map(({ task }) => task),
  },
  ...heapRows('the page', pageHeap),
  ...heapRows('the server', serverHeap),
])

/** Milliseconds per tick of the next ten ticks. */
async function measureWindow(): Promise<Spent> {
  const before = await page.spent()
  await sleep(TICKS_PER_WINDOW * 1000)
  const after = await page.spent()
  const perTickMs = (of: keyof Spent) => ((after[of] - before[of]) * 1000) / TICKS_PER_WINDOW
  return { script: perTickMs('script'), task: perTickMs('task') }
}

function heapRows(whose: string, points: Point[]): Row[] {
  return [
    { name: `heap of ${whose}`, unit: 'MB', figures: points.map(({ y }) => y) },
    { name: `its growth in ${minutes} minutes`, unit: 'MB', figures: [slopeOf(points) * minutes], aim: GROWTH_AIM },
  ]
}
