// A scrape target with the series of a busy app: as many as SERIES_COUNT says, whose values move every second. It tells
// its port to the process that started it.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { escapeQuoted } from '../server/exposition/escape'
import { createApp } from './app-series'

const REQUESTS_PER_SECOND = 500

const app = createApp(Number(process.env.SERIES_COUNT), REQUESTS_PER_SECOND)
// In the order in which an exposition has them: by metric.
const lines = app.series
  .map(({ labels: { __name__: name = '', job: _job, instance: _instance, ...labels } }, place) => {
    const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escapeQuoted(value)}"`)
    return { place, name, head: `${name}{${pairs.join(',')}} ` }
  })
  .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.place - b.place))

let body = gzipSync(render())
setInterval(() => {
  app.advance()
  body = gzipSync(render(), { level: 1 })
}, 1000)

const server = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4', 'content-encoding': 'gzip' })
  response.end(body)
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.once('disconnect', () => process.exit())

function render(): string {
  return lines.map(({ head, place }) => `${head}${app.values[place] ?? 0}\n`).join('')
}
