// This app's HTTP API over an hour of series, on a plain node:http server: what a query takes, and nothing of Next.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { NO_FEATURES } from '../server/features'
import { MemoryPool } from '../server/memory-pool'
import { createPrometheusApi } from '../server/query/api/prometheus-api'
import { createGate } from '../server/query/gate'
import { createExemplarStorage } from '../server/storage/exemplar-storage'
import { createStorage } from '../server/storage/storage'
import { endMs, hourOfSeries, SCRAPE_INTERVAL_MS, startMs } from './hour-of-series'

const storage = createStorage({ retentionMs: 7_200_000, seriesLimit: 100_000 })
const series = hourOfSeries(Number(process.env.SERIES_COUNT))
// By scrapes, as samples come.
for (let i = 0; startMs + i * SCRAPE_INTERVAL_MS <= endMs; i++) {
  for (const { labels, values } of series) storage.append(labels, startMs + i * SCRAPE_INTERVAL_MS, values[i] ?? 0)
}
const api = createPrometheusApi({
  storage,
  exemplars: createExemplarStorage(1),
  targets: () => [],
  newestSnapshot: () => undefined,
  gate: createGate({ slots: 8, maxWaiting: 256, timeoutMs: 120_000 }),
  memory: new MemoryPool(1024 ** 3),
  nowMs: () => endMs,
  startedAtMs: startMs,
  shutdown: new AbortController().signal,
  settings: {
    scrapeIntervalMs: SCRAPE_INTERVAL_MS,
    retentionMs: 7_200_000,
    maxSamples: 50_000_000,
    features: NO_FEATURES,
  },
})

async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
  if (message.url === '/') return void response.end()
  const answered = await api(new Request(`http://localhost${message.url}`))
  const { body, headers, status } = answered
  response.writeHead(status, Object.fromEntries(headers))
  if (body === null || headers.has('content-length')) response.end(Buffer.from(await answered.arrayBuffer()))
  else await pipeline(Readable.fromWeb(body as ReadableStream), response)
}

createServer((message, response) => void answer(message, response).catch(() => response.destroy())).listen(
  Number(process.env.PORT),
  '127.0.0.1',
)
