// What the history on disk costs: processor time of the write-behind, the size of the file, and a start with a whole hour
// of 10,000 series, during which the event loop has to go on.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { History } from '../server/storage/disk/history'
import { createHistory } from '../server/storage/disk/history'
import type { Storage } from '../server/storage/storage'
import { createStorage } from '../server/storage/storage'
import { createApp } from './app-series'
import { cpuMs } from './cpu-time'
import { readOptions } from './options'
import { quantile } from './quantile'
import type { Aim } from './report'
import { report } from './report'
import { longestStallMs } from './stall'

const options = readOptions('history.bench.ts')
const seconds = options.seconds
const REQUESTS_PER_SECOND = 200
const SECONDS_PER_FLUSH = 5
const BEGIN_MS = 1_700_000_000_000
const STALL_AIM: Aim = { bound: 'at most', limit: 20, of: 'figure' }

type Begun = { storage: Storage; history: History }

const directory = mkdtempSync(join(tmpdir(), 'history-bench-'))
try {
  await reportOnWriting()
  await reportOnStarts()
} finally {
  rmSync(directory, { recursive: true, force: true })
}

function begin(startedAtMs: number): Begun {
  const storage = createStorage({ retentionMs: seconds * 1000, seriesLimit: 1_000_000 })
  const history = createHistory({
    directory,
    memory: storage,
    flushIntervalMs: SECONDS_PER_FLUSH * 1000,
    limitBytes: 2 ** 32,
    endsAfterMs: 1000,
    startedAtMs,
  })
  return { storage, history }
}

async function reportOnWriting(): Promise<void> {
  const app = createApp(options.series, REQUESTS_PER_SECOND)
  const { storage, history } = begin(BEGIN_MS)
  const flushMs: number[] = []
  const stallsMs: number[] = []
  for (let second = 0; second < seconds; second++) {
    app.advance()
    for (const [i, { labels }] of app.series.entries()) {
      storage.append(labels, BEGIN_MS + second * 1000, app.values[i] ?? 0)
    }
    if (second % SECONDS_PER_FLUSH > 0) continue
    const begunMs = cpuMs()
    stallsMs.push(await longestStallMs(() => history.flush()))
    flushMs.push(cpuMs() - begunMs)
  }
  await history.stop()
  const { bytes } = history.status()
  const { sampleCount } = storage.status()
  report(`The history of ${app.series.length} series, ${seconds} s, written every ${SECONDS_PER_FLUSH} s`, [
    {
      name: 'write-behind, processor time per second',
      unit: 'ms',
      figures: [quantile(flushMs, 0.5) / SECONDS_PER_FLUSH],
    },
    { name: 'of a flush, p99', unit: 'ms', figures: [quantile(flushMs, 0.99)] },
    {
      name: 'longest stall of the event loop by a flush, p99',
      unit: 'ms',
      figures: [quantile(stallsMs, 0.99)],
      aim: STALL_AIM,
    },
    { name: 'file', unit: 'MB', figures: [bytes / 1e6] },
    { name: 'file, for each sample', unit: 'bytes', figures: [bytes / sampleCount] },
  ])
}

async function reportOnStarts(): Promise<void> {
  const processorMs: number[] = []
  const clockMs: number[] = []
  const stallsMs: number[] = []
  let samples = 0
  for (let start = 0; start < options.starts; start++) {
    const { storage, history } = begin(BEGIN_MS + (seconds + start * 10) * 1000)
    const begunMs = cpuMs()
    const begunAt = performance.now()
    stallsMs.push(await longestStallMs(() => history.flush()))
    processorMs.push(cpuMs() - begunMs)
    clockMs.push(performance.now() - begunAt)
    samples = storage.status().sampleCount
    await history.stop()
  }
  report(`A start with ${samples} samples on disk`, [
    { name: 'until all of them are there, by the clock', unit: 'ms', figures: clockMs },
    { name: 'processor time', unit: 'ms', figures: processorMs },
    { name: 'longest stall of the event loop', unit: 'ms', figures: stallsMs, aim: STALL_AIM },
  ])
}
