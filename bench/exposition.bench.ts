// What an exposition costs, for 1,000, 10,000 and 100,000 lines: collecting and rendering the registry in both formats
// beside prom-client's own metrics() on the same registry and Python's generate_latest() on the same lines; and parsing
// it, series that are new and series that came before, by the specification and as a target's is
// read, beside parse-prometheus-text-format from npm.
import { spawnSync } from 'node:child_process'
import parsePrometheusTextFormat from 'parse-prometheus-text-format'
import type { OpenMetricsContentType, PrometheusContentType } from 'prom-client'
import { Counter, Registry } from 'prom-client'
import { findFastapi } from '../scripts/find-fastapi.mjs'
import { collect } from '../server/exposition/collect'
import type { ExpositionFormat } from '../server/exposition/format'
import { OPENMETRICS_CONTENT_TYPE, PROMETHEUS_CONTENT_TYPE } from '../server/exposition/format'
import { parseExposition, parseScraped } from '../server/exposition/parse'
import { render } from '../server/exposition/render'
import { declareHistogram } from '../server/instrument/declare'
import { createRegistry } from '../server/instrument/registry'
import { cpuMs } from './cpu-time'
import type { Row } from './report'
import { report } from './report'

const ROUNDS = 15
const WARM_UP_ROUNDS = 3
const LABELS = ['method', 'route', 'status'] as const
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
/** Series that an earlier text had, as from the second scrape of a target on, and series that none had. */
const SEEN = 'series that came before'
const NEW = 'new series'
const SIZES = [1_000, 10_000, 100_000]
const CONTENT_TYPES = { prometheus: PROMETHEUS_CONTENT_TYPE, openmetrics: OPENMETRICS_CONTENT_TYPE }
const FORMATS: ExpositionFormat[] = ['prometheus', 'openmetrics']

// All lines are of one metric here.
process.env.SERIES_LIMIT_PER_METRIC = '100000'

for (const lines of SIZES) {
  report(`Processor time of rendering ${lines} lines`, await rendering(lines))
  report(`Parsing ${lines} lines, in megabytes of text per second of processor time`, await parsing(lines))
}

type Registries = Registry<PrometheusContentType | OpenMetricsContentType>
type Contestant = { registry: Registries; count: (by: number) => void }

/** A counter of prom-client's. It renders a registry as OpenMetrics once and for all, so each contestant has its own. */
function counters(lines: number, format: ExpositionFormat): Contestant {
  const registry: Registries = new Registry()
  registry.setContentType(
    format === 'openmetrics' ? Registry.OPENMETRICS_CONTENT_TYPE : Registry.PROMETHEUS_CONTENT_TYPE,
  )
  const requests = new Counter({ name: 'requests_total', help: 'Requests.', labelNames: LABELS, registers: [registry] })
  const count = (by: number) => {
    for (let i = 0; i < lines; i++) requests.inc(labelsOf(i), by)
  }
  count(0.5)
  return { registry, count }
}

/** A histogram of server/instrument, of whose label sets each has 16 lines. */
function histograms(lines: number): Contestant {
  const registry = createRegistry()
  const definition = { name: 'latency_seconds', help: 'Latency.', labels: LABELS, buckets: BUCKETS }
  const latency = declareHistogram(registry, definition)
  const count = (by: number) => {
    for (let i = 0; i < lines / 16; i++) latency.observe(labelsOf(i), by / 10)
  }
  count(0.5)
  return { registry: registry as Registries, count }
}

function labelsOf(i: number) {
  return { method: 'GET', route: `/products/${i}`, status: '200' }
}

async function rendering(lines: number): Promise<Row[]> {
  const rows: Row[] = []
  const python = timesOfPython(lines)
  for (const kind of [counters, histograms]) {
    for (const format of FORMATS) {
      const name = `render(collect()), ${kind.name}, ${format}`
      const { figures, rival } = await renderingOf(kind(lines, format), kind(lines, format), format)
      const aim = lines > 1_000 ? ({ bound: 'at most', limit: 0.5, of: 'ratio' } as const) : undefined
      rows.push({ name, unit: 'ms', figures, against: { name: 'prom-client metrics()', figures: rival }, aim })
      const against = { name: 'Python generate_latest()', figures: python ?? [] }
      if (python && kind === counters) rows.push({ name, unit: 'ms', figures, against })
    }
  }
  return rows
}

async function renderingOf(ours: Contestant, theirs: Contestant, format: ExpositionFormat) {
  const figures: number[] = []
  const rival: number[] = []
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    ours.count(1)
    theirs.count(1)
    const ourMs = await timed(async () => render(await collect(ours.registry), format))
    const theirMs = await timed(() => theirs.registry.metrics())
    if (round < 0) continue
    figures.push(ourMs)
    rival.push(theirMs)
  }
  return { figures, rival }
}

async function parsing(lines: number): Promise<Row[]> {
  const rows: Row[] = []
  const texts = (round: number, era: string) =>
    FORMATS.map((format) => {
      const counted = Array.from({ length: lines }, (_, i) => ({
        name: 'requests_total',
        labels: { method: 'GET', route: `/${era}/${i}`, status: '200' },
        value: i + round + WARM_UP_ROUNDS + 0.5,
      }))
      const family = { name: 'requests_total', type: 'counter' as const, help: 'Requests.', unit: '', samples: counted }
      return { format, text: render({ takenAtMs: 0, families: [family] }, format) }
    })
  const speeds = new Map<string, number[]>()
  const measure = async (name: string, text: string, parse: () => unknown, isCounted: boolean) => {
    const begunMs = cpuMs()
    await parse()
    const speed = text.length / 1e6 / ((cpuMs() - begunMs) / 1000)
    if (isCounted) speeds.set(name, [...(speeds.get(name) ?? []), speed])
  }
  // All are warm before the first figure counts.
  for (const era of [SEEN, NEW]) {
    for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      for (const { format, text } of texts(round, era === NEW ? `${era}-${round}` : era)) {
        const contentType = CONTENT_TYPES[format]
        const isCounted = round >= 0
        await measure(`${era}, ${format}`, text, () => parseExposition(text, contentType), isCounted)
        const scraped = { text, contentType, isUtf8: true }
        await measure(`${era}, ${format} of a target`, text, () => parseScraped(scraped), isCounted)
        if (format === 'prometheus')
          await measure(`rival ${era}`, text, () => parsePrometheusTextFormat(text), isCounted)
      }
    }
  }
  for (const era of [SEEN, NEW]) {
    const against = { name: 'parse-prometheus-text-format', figures: speeds.get(`rival ${era}`) ?? [] }
    for (const name of FORMATS.flatMap((format) => [`${era}, ${format}`, `${era}, ${format} of a target`])) {
      const row = { name, unit: 'MB/s', figures: speeds.get(name) ?? [] }
      const hasAims = era === SEEN && lines === 10_000
      if (hasAims) rows.push({ ...row, aim: { bound: 'at least', limit: 100, of: 'figure' } })
      rows.push({ ...row, against, aim: hasAims ? { bound: 'at least', limit: 3, of: 'ratio' } : undefined })
    }
  }
  return rows
}

async function timed(work: () => unknown): Promise<number> {
  const begunMs = cpuMs()
  await work()
  return cpuMs() - begunMs
}

/** Undefined, and said so, where Debian's python3-prometheus-client isn't installed. */
function timesOfPython(lines: number): number[] | undefined {
  const program = `
import time
from prometheus_client import CollectorRegistry, Counter, generate_latest
registry = CollectorRegistry()
requests = Counter('requests', 'Requests.', ['method', 'route', 'status'], registry=registry)
for i in range(${lines}): requests.labels('GET', f'/products/{i}', '200').inc(0.5)
for _ in range(${ROUNDS}):
    begun = time.process_time()
    generate_latest(registry)
    print((time.process_time() - begun) * 1000)
`
  const python = findFastapi()
  const { status, stdout } = spawnSync(python ?? 'python3', ['-c', program], { encoding: 'utf8' })
  if (status === 0) return stdout.trim().split('\n').map(Number)
  console.log('Python has no prometheus_client here, so generate_latest() is not compared.')
  return undefined
}
