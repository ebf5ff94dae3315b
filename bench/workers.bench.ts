// What it costs to be one of several processes of an app: publishing what a worker has counted, and adding up what all of them
// have published, by workers and lines; beside collecting the same registry for itself.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { collect } from '../server/exposition/collect'
import { createWorkers } from '../server/exposition/workers/workers'
import { declareCounter, declareGauge, declareHistogram } from '../server/instrument/declare'
import { createRegistry } from '../server/instrument/registry'
import { cpuMs } from './cpu-time'
import type { Row } from './report'
import { report } from './report'

const ROUNDS = 40
const WARM_UP_ROUNDS = 10
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
/** What a trial with text files took for 4 x 683 and 8 x 6,803 lines. */
const SIZES = [
  { workers: 1, routes: 38, trialMs: undefined },
  { workers: 4, routes: 38, trialMs: 11 },
  { workers: 8, routes: 378, trialMs: 161 },
]

process.env.SERIES_LIMIT_PER_METRIC = '100000'

const rows: Row[] = []
for (const size of SIZES) rows.push(...(await measure(size)))
report('Processor time of the one of several workers that is asked', rows)

/** All workers are in this process, each with a registry of its own; one is asked. */
async function measure({ workers: count, routes, trialMs }: (typeof SIZES)[number]): Promise<Row[]> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-workers-'))
  try {
    const workers = Array.from({ length: count }, () => workerIn(directory, routes))
    const [asked] = workers
    if (asked === undefined) return []
    const signal = new AbortController().signal
    const figures: number[] = []
    const alone: number[] = []
    let lines = 0
    for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      for (const worker of workers) {
        worker.count()
        // What all but one publish each second is their own cost.
        if (worker !== asked) await worker.workers.collect({ signal, withCreated: false })
      }
      const aloneMs = await timed(async () => {
        const { families } = await collect(asked.registry, { withCreated: false })
        lines = families.reduce((sum, { samples }) => sum + samples.length, 0)
      })
      const ms = await timed(() => asked.workers.collect({ signal, withCreated: false }))
      if (round < 0) continue
      figures.push(ms)
      alone.push(aloneMs)
    }
    for (const worker of workers) await worker.workers.stop()
    const name = `${count} x ${lines} lines`
    const against = { name: 'collect() of one', figures: alone }
    const row = { name, unit: 'ms', figures }
    return [
      { ...row, against },
      ...(trialMs === undefined
        ? []
        : [{ ...row, aim: { bound: 'at most', limit: trialMs / 4, of: 'figure' } as const }]),
    ]
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function workerIn(directory: string, routes: number) {
  const registry = createRegistry()
  const labels = ['method', 'route', 'status'] as const
  const requests = declareCounter(registry, { name: 'requests_total', help: 'Requests.', labels })
  const latency = declareHistogram(registry, { name: 'latency_seconds', help: 'Latency.', labels, buckets: BUCKETS })
  const memory = declareGauge(registry, { name: 'memory_bytes', help: 'Memory.', labels: ['kind'] })
  const count = () => {
    for (let i = 0; i < routes; i++) {
      const at = { method: 'GET', route: `/products/${i}`, status: '200' }
      requests.inc(at)
      latency.observe(at, Math.random())
    }
    for (let i = 0; i < routes; i++) memory.set({ kind: `kind ${i}` }, Math.random() * 1e9)
  }
  const workers = createWorkers({
    directory,
    job: 'bench',
    instance: 'bench',
    startedAtMs: Date.now(),
    collectOwn: () => collect(registry),
    mayFold: () => false,
    log: console.error,
  })
  return { registry, count, workers }
}

async function timed(work: () => unknown): Promise<number> {
  const begunMs = cpuMs()
  await work()
  return cpuMs() - begunMs
}
