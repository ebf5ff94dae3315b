// What an hour of 10,000 series costs: memory for each sample, processor time of an append, and how fast series are
// found and read. The same data as a block of Prometheus, where its promtool is at hand.
import { setTimeout } from 'node:timers/promises'
import { atOnce } from '../server/slices'
import { toChunks } from '../server/storage/disk/to-chunks'
import type { Matcher, Series, StoredSeries } from '../server/storage/series'
import type { Storage } from '../server/storage/storage'
import { createStorage } from '../server/storage/storage'
import type { App, AppSeries, Kind } from './app-series'
import { createApp, KINDS } from './app-series'
import { cpuMs } from './cpu-time'
import { readOptions } from './options'
import { sizeOfBlock } from './prometheus-block'
import { quantile } from './quantile'
import type { Row } from './report'
import { report } from './report'

// `compared` are the series that are written as text: a whole hour of 10,000 would be 4 GB of it.
const options = readOptions('storage.bench.ts')
const { seconds, rounds } = options
/** A site of some size, and as much as one process can do. */
const LOADS = [200, 5000]
const BEGIN_MS = 1_700_000_000_000
const END_MS = BEGIN_MS + (seconds - 1) * 1000
const retention = { retentionMs: seconds * 1000, seriesLimit: 1_000_000 }

for (const requestsPerSecond of LOADS) {
  reportOnHour(requestsPerSecond)
  await settle()
}
for (const requestsPerSecond of LOADS) reportOnBlocks(requestsPerSecond)

function reportOnHour(requestsPerSecond: number): void {
  const app = createApp(options.series, requestsPerSecond)
  const heldBefore = heldBytes()
  const storage = createStorage(retention)
  const appendMs: number[] = []
  for (let second = 0; second < seconds; second++) {
    app.advance()
    const begunMs = cpuMs()
    append(app, storage, BEGIN_MS + second * 1000)
    appendMs.push(cpuMs() - begunMs)
  }
  const held = heldBytes() - heldBefore
  const { chunkBytes, sampleCount } = storage.status()
  report(`${app.series.length} series, ${seconds} samples each, ${requestsPerSecond} requests per second`, [
    {
      name: 'memory per sample, of the whole process',
      unit: 'bytes',
      figures: [held / sampleCount],
      aim: { bound: 'at most', limit: 2, of: 'figure' },
    },
    { name: 'of these, encoded chunks', unit: 'bytes', figures: [chunkBytes / sampleCount] },
    {
      name: 'append a scrape, processor time, median',
      unit: 'ms',
      figures: [quantile(appendMs, 0.5)],
      aim: { bound: 'at most', limit: (5 * app.series.length) / 10_000, of: 'figure' },
    },
    { name: 'append a scrape, processor time, p99', unit: 'ms', figures: [quantile(appendMs, 0.99)] },
    ...selectRows(storage),
  ])
}

function selectRows(storage: Storage): Row[] {
  const matcher = (name: string, op: Matcher['op'], value: string): Matcher => ({ name, op, value })
  const bucket = matcher('__name__', '=', 'latency_seconds_bucket')
  const questions: [string, Matcher[]][] = [
    ['requests_total', [matcher('__name__', '=', 'requests_total')]],
    ['latency_seconds_bucket', [bucket]],
    ['latency_seconds_bucket{status!="200"}', [bucket, matcher('status', '!=', '200')]],
    ['latency_seconds_bucket{route=~".*shelf-[0-4]/.*"}', [bucket, matcher('route', '=~', '.*shelf-[0-4]/.*')]],
    ['latency_seconds_bucket{route!~".*shelf-[0-4]/.*"}', [bucket, matcher('route', '!~', '.*shelf-[0-4]/.*')]],
    ['{le="+Inf", status="500"}', [matcher('le', '=', '+Inf'), matcher('status', '=', '500')]],
  ]
  const found = questions.map(([name, matchers]): Row => {
    const count = storage.find(matchers, END_MS, END_MS).length
    const figures = timed(() => storage.find(matchers, END_MS, END_MS)).map((ms) => count / ms / 1000)
    return { name: `find ${count} of ${name}`, unit: 'million series/s', figures }
  })
  const quiet = matcher('le', '=', '0.001')
  const read = (name: string, matchers: Matcher[], limit: number): Row => {
    let samples = 0
    for (const { values } of atOnce(storage.selectLazily(matchers, 0, END_MS))) samples += values.length
    const figures = timed(() => {
      for (const _ of atOnce(storage.selectLazily(matchers, 0, END_MS)));
    }).map((ms) => samples / ms / 1000)
    return { name: `read ${name}`, unit: 'million samples/s', figures, aim: { bound: 'at least', limit, of: 'figure' } }
  }
  return [
    ...found,
    read('buckets that rarely move', [quiet], 50),
    read('all buckets', [bucket], 20),
    read('counters', [matcher('__name__', '=', 'requests_total')], 20),
    read('sums', [matcher('__name__', '=', 'latency_seconds_sum')], 20),
    read('gauges', [matcher('shard', '!=', '')], 20),
  ]
}

/** Bytes of the encoded samples only, ours and those of a block, for each kind of series by itself. */
function reportOnBlocks(requestsPerSecond: number): void {
  const app = createApp(options.compared, (requestsPerSecond * options.compared) / options.series)
  const storage = createStorage(retention)
  for (let second = 0; second < seconds; second++) {
    app.advance()
    append(app, storage, BEGIN_MS + second * 1000)
  }
  const rows = [...KINDS, undefined].flatMap((kind) => blockRows(app, storage, kind))
  report(
    `As with ${requestsPerSecond} requests per second to 10,000 series: ${app.series.length} series, beside a block of Prometheus`,
    rows,
  )
}

function append({ series, values }: App, storage: Storage, atMs: number): void {
  for (const [i, { labels }] of series.entries()) storage.append(labels, atMs, values[i] ?? 0)
}

function blockRows(app: App, storage: Storage, kind: Kind | undefined): Row[] {
  const wanted = app.series.filter((series) => kind === undefined || series.kind === kind)
  const stored = wanted.map(({ labels }) => storedSeries(storage, labels))
  const samples = stored.map((series) => samplesOf(series))
  const count = samples.reduce((sum, { values }) => sum + values.length, 0)
  const block = sizeOfBlock(samples)
  const figures = [stored.reduce((sum, series) => sum + encodedBytes(series), 0) / count]
  const against = block && { name: 'its chunks', figures: [block.chunkBytes / count] }
  const name = `a sample of ${kind === undefined ? 'any kind' : `a ${kind}`} (${wanted.length} series)`
  const row: Row = { name, unit: 'bytes', figures, against }
  if (block === undefined || kind !== undefined) return [row]
  return [row, { name: "its block's index, for each sample", unit: 'bytes', figures: [block.indexBytes / count] }]
}

function storedSeries(storage: Storage, labels: AppSeries['labels']): StoredSeries {
  const matchers = Object.entries(labels).map(([name, value]): Matcher => ({ name, op: '=', value }))
  const [series] = storage.find(matchers, BEGIN_MS, END_MS)
  if (series === undefined) throw new Error(`expected samples of ${JSON.stringify(labels)}`)
  return series
}

function samplesOf(series: StoredSeries): Series {
  const samples = series.samples(BEGIN_MS, END_MS)
  if (samples === undefined) throw new Error(`expected samples of ${JSON.stringify(series.labels)}`)
  return samples
}

function encodedBytes(series: StoredSeries): number {
  let bytes = 0
  toChunks(series, Number.NEGATIVE_INFINITY, (chunk) => {
    bytes += chunk.length
  })
  return bytes
}

/** Processor time of each round, in milliseconds. */
function timed(work: () => unknown): number[] {
  work()
  return Array.from({ length: rounds }, () => {
    const begunMs = cpuMs()
    let turns = 0
    do {
      work()
      turns++
    } while (cpuMs() - begunMs < 30)
    return (cpuMs() - begunMs) / turns
  })
}

/** What the last round has held is gone afterwards. */
async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) {
    gc?.()
    await setTimeout(100)
  }
}

/** Memory of this process that is still in use. */
function heldBytes(): number {
  gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
