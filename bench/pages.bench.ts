// What each page of the dashboard sends and spends in a browser that has never seen one: of the production build, with a target
// of two thousand metrics and a table of ten thousand rows.
// Aim: at most 60 ms of script in each second.
import { createServer } from 'node:http'
import { freePort } from '../e2e/free-port'
import { openMeasured } from './measured-page'
import { startMeasured } from './measured-process'
import { readOptions } from './options'
import type { Aim, Row } from './report'
import { report } from './report'

const FAMILIES = 2_000
const ROWS = 10_000
const SCRIPT_AIM: Aim = { bound: 'at most', limit: 60, of: 'figure' }

const { rounds, seconds } = readOptions('pages.bench.ts')

const shelves = Array.from({ length: ROWS }, (_, i) => `shelf_items{shelf="shelf-${i}"} ${i}\n`)
const families = Array.from(
  { length: FAMILIES - 1 },
  (_, i) => `# HELP shop_${i}_items Items on shelf ${i}.\n# TYPE shop_${i}_items gauge\nshop_${i}_items ${i}\n`,
)
const large = `# TYPE shelf_items gauge\n${shelves.join('')}${families.join('')}`
const port = await freePort()
const target = createServer((_, response) => response.setHeader('Content-Type', 'text/plain').end(large))
target.listen(port, '127.0.0.1')

const env = {
  DEMO_ROUTES: '1',
  BOARDS: 'e2e/boards',
  SCRAPE_INTERVAL: '1s',
  SCRAPE_TARGETS: `large=http://127.0.0.1:${port}/metrics`,
}
const server = await startMeasured(['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1'], env)
for (let i = 0; i < 20; i++) await (await fetch(`${server.url}/demo/report`)).arrayBuffer()
const table = new URLSearchParams({ 'g0.expr': 'sum by (shelf) (shelf_items)', show: 'table' })
const pages = [
  { name: 'Overview', path: '' },
  { name: 'Explore, one query', path: '/explore?g0.expr=up' },
  { name: 'Explore, a table of 10,000 rows', path: `/explore?${table}`, text: '10,000 rows' },
  { name: 'Metrics, 2,000 of one target', path: `/metrics?target=large/127.0.0.1:${port}`, text: '2,000 metrics' },
  { name: 'Errors', path: '/errors' },
  { name: 'Boards, one of ten panels', path: '/boards?board=nodejs.json', text: 'Process Memory Usage' },
]

const page = await openMeasured(`${server.url}/dashboard`)
const rows: Row[] = []
for (const { name, path, text } of pages) {
  const visits = []
  for (let round = 0; round < rounds; round++) {
    visits.push(await page.firstVisit(`${server.url}/dashboard${path}`, { text, seconds }))
  }
  rows.push(
    { name: `${name}: script, compressed`, unit: 'kB', figures: visits.map(({ scriptBytes }) => scriptBytes / 1000) },
    { name: `${name}: script until it is there`, unit: 'ms', figures: visits.map(({ scriptMs }) => scriptMs) },
    {
      name: `${name}: script in each second after that`,
      unit: 'ms',
      figures: visits.map(({ perSecondMs }) => perSecondMs),
      aim: SCRIPT_AIM,
    },
  )
}
await page.close()
await server.stop()
target.closeAllConnections()
target.close()

report(`Pages of the dashboard, ${rounds} first visits of ${seconds} s each`, rows)
