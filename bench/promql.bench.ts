// PromQL over HTTP, beside a real Prometheus 3 on the same samples: the overview board's expressions, ten classic ones
// and one long answer, over an hour of 100, 1,000 and 10,000 series, a sample every 15 seconds and as many steps.
// Aims: at most half of Prometheus's time, and no stall of our event loop above 20 ms.
import { readFileSync } from 'node:fs'
import { get } from 'node:http'
import { fileURLToPath } from 'node:url'
import { boardExprs } from '../app/dashboard/_boards/board-exprs'
import { overview } from '../app/dashboard/_boards/overview'
import { toTargetMatchers } from '../app/dashboard/_boards/target-matchers'
import { toVariables } from '../app/dashboard/_state/to-variables'
import { DEFAULT_VIEW } from '../app/dashboard/_state/view'
import { installPrometheus } from '../scripts/install-prometheus.mjs'
import { RealPrometheus } from '../server/promql/differential/real-prometheus'
import { endMs, hourOfSeries, SCRAPE_INTERVAL_MS, startMs } from './hour-of-series'
import { startMeasured } from './measured-process'
import { readOptions } from './options'
import type { Row } from './report'
import { report } from './report'

const options = readOptions('promql.bench.ts')
const rounds = options.rounds
const seriesPerWrite = 500

const classics = [
  'sum(rate(requests_total[5m]))',
  'sum by (route) (rate(requests_total[5m]))',
  'sum by (status) (increase(requests_total[5m]))',
  'sum(rate(requests_total{status=~"5.."}[5m])) / sum(rate(requests_total[5m]))',
  'histogram_quantile(0.95, sum by (le) (rate(latency_seconds_bucket[5m])))',
  'histogram_quantile(0.99, sum by (le, route) (rate(latency_seconds_bucket[5m])))',
  'sum by (route) (rate(latency_seconds_sum[5m])) / sum by (route) (rate(latency_seconds_count[5m]))',
  'topk(5, sum by (route) (rate(requests_total[5m])))',
  'max_over_time(sum(rate(requests_total[1m]))[10m:1m])',
  'avg_over_time(requests_in_flight[5m]) > on (instance) group_left () vector(0) or requests_total offset 10m',
]
const variables = toVariables({ ...DEFAULT_VIEW, rangeMs: 3_600_000 }, SCRAPE_INTERVAL_MS, toTargetMatchers(undefined))
const { exprs, instantExprs } = boardExprs(overview, variables)
const groups = {
  'the overview board': [...exprs.map(range), ...instantExprs.map(instant)],
  'ten classic queries': classics.map(range),
  'every bucket, one long answer': [range('latency_seconds_bucket')],
}

function range(query: string): string {
  const times = { start: `${startMs / 1000}`, end: `${endMs / 1000}`, step: `${SCRAPE_INTERVAL_MS / 1000}` }
  return `/api/v1/query_range?${new URLSearchParams({ query, ...times })}`
}

function instant(query: string): string {
  return `/api/v1/query?${new URLSearchParams({ query, time: `${endMs / 1000}` })}`
}

for (const size of options.sizes.split(',').map(Number)) await compare(size)

async function compare(size: number): Promise<void> {
  const program = installPrometheus()
  if (program === undefined) throw new Error('There is no Prometheus 3 to compare with.')
  const series = hourOfSeries(size)
  const rival = await RealPrometheus.start(program)
  const ours = await startMeasured([fileURLToPath(new URL('promql.server.mjs', import.meta.url))], {
    SERIES_COUNT: `${size}`,
  })
  try {
    for (let i = 0; i < series.length; i += seriesPerWrite) await rival.write(series.slice(i, i + seriesPerWrite))
    const rows: Row[] = []
    for (const [name, paths] of Object.entries(groups)) rows.push(...(await measure(name, paths)))
    report(`An hour of ${series.length.toLocaleString('en-US')} series: ${rounds} rounds`, rows)
  } finally {
    await Promise.all([ours.stop(), rival.stop()])
  }

  async function measure(name: string, paths: string[]): Promise<Row[]> {
    const times = { ours: [] as number[], rival: [] as number[] }
    const cpu = { ours: [] as number[], rival: [] as number[] }
    const stalls: number[] = []
    const turns: number[] = []
    for (let round = -warmUpsFor(size); round < rounds; round++) {
      const taken = { ours: 0, rival: 0 }
      await ours.longestStallMs()
      await ours.longestTurnMs()
      const before = { ours: await ours.cpuMicros(), rival: cpuMicrosOf(rival.pid) }
      for (const path of paths) {
        const [mine, theirs] = [await secondsOf(`${ours.url}/prometheus${path}`), await secondsOf(rival.url + path)]
        taken.ours += mine * 1000
        taken.rival += theirs * 1000
        if (options.verbose && round === rounds - 1) {
          const query = new URLSearchParams(path.split('?')[1]).get('query')
          console.log(`${(mine * 1000).toFixed(1)} ms, Prometheus ${(theirs * 1000).toFixed(1)} ms: ${query}`)
        }
      }
      if (round < 0) continue
      times.ours.push(taken.ours)
      times.rival.push(taken.rival)
      cpu.ours.push(((await ours.cpuMicros()) - before.ours) / 1000)
      cpu.rival.push((cpuMicrosOf(rival.pid) - before.rival) / 1000)
      stalls.push(await ours.longestStallMs())
      turns.push(await ours.longestTurnMs())
    }
    const half = { bound: 'at most', limit: 0.5, of: 'ratio' } as const
    const row = (what: string, figures: typeof times): Row => ({
      name: `${name}, ${what}`,
      unit: 'ms',
      figures: figures.ours,
      against: { name: 'Prometheus', figures: figures.rival },
      aim: half,
    })
    const held = (what: string, figures: number[]): Row => ({
      name: `${name}, ${what}`,
      unit: 'ms',
      figures,
      aim: { bound: 'at most', limit: 20, of: 'figure' },
    })
    return [
      row('time', times),
      row('CPU', cpu),
      held('longest turn of the event loop, CPU', turns),
      held('longest stall of the event loop', stalls),
    ]
  }
}

/** Rounds in which the compiler gets to know the work, of which many series are enough by themselves. */
function warmUpsFor(size: number): number {
  return size < 5_000 ? 20 : 3
}

/** From the request to the end of the answer. Throws unless it is 200. */
async function secondsOf(url: string): Promise<number> {
  const begunMs = performance.now()
  await new Promise<void>((resolve, reject) => {
    get(url, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`${response.statusCode} for ${url}`))
      response.resume().once('end', resolve).once('error', reject)
    }).once('error', reject)
  })
  return (performance.now() - begunMs) / 1000
}

/** Of all threads of a process, user and system, as Linux counts them: in hundredths of a second. */
function cpuMicrosOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10_000
}
