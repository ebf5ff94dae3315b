// The overview board's expressions, asked of this app and of a real Prometheus that holds the same samples.
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@playwright/test'
import { boardExprs } from '../app/dashboard/_boards/board-exprs'
import { overview } from '../app/dashboard/_boards/overview'
import { OWN_ROUTES } from '../app/dashboard/_boards/own-traffic'
import type { Variables } from '../app/dashboard/_boards/substitute'
import { toTargetMatchers } from '../app/dashboard/_boards/target-matchers'
import { findPrometheus, PROMETHEUS_ADVICE } from '../scripts/find-prometheus.mjs'
import { RealPrometheus } from '../server/promql/differential/real-prometheus'
import type { Series } from '../server/storage/series'
import { send } from './send'
import type { Server } from './start-server'
import { startServer } from './start-server'

const SCRAPE_INTERVAL_MS = 250
const RANGE_MS = 3000
/** Long enough for the range, the one before it, and what comes before that. */
const RECORDED_MS = 9000

type Samples = { metric: Record<string, string>; value?: [number, string]; values?: [number, string][] }[]
type Answer = { status: string; data?: { resultType: string; result: unknown }; error?: string }

const views: Record<string, Partial<Variables>> = {
  'of the app': { own: OWN_ROUTES, target: 'job="hearth"' },
  'of whatever the Prometheus scrapes': { own: OWN_ROUTES },
  'of one route': { own: OWN_ROUTES, route: '/demo/api/orders/[id]' },
  'of a route without requests': { own: OWN_ROUTES, route: '/nowhere' },
  'of all traffic, Hearth’s own too': { own: '' },
}

test.describe('a real Prometheus with the same samples', () => {
  const path = findPrometheus()
  let server: Server
  let prometheus: RealPrometheus
  let newestMs: number

  test.beforeAll(async () => {
    test.info().skip(path === undefined && !process.env.CI, `There is no Prometheus. ${PROMETHEUS_ADVICE}`)
    if (path === undefined) throw new Error(`There is no Prometheus. ${PROMETHEUS_ADVICE}`)
    server = await startServer({ env: { SCRAPE_INTERVAL: `${SCRAPE_INTERVAL_MS}ms` } })
    // The first requests to the API count as traffic: they must not come after the samples are read.
    for (const endpoint of ['query', 'query_range'])
      await ask(endpoint, { query: '1', start: '0', end: '1', step: '1' })
    await makeTraffic(server.url)
    const recorded = (await ask('query', { query: '{__name__!=""}[1m]' })).data?.result as Samples
    newestMs = Math.max(...recorded.map(({ values }) => (values?.at(-1)?.[0] ?? 0) * 1000))
    prometheus = await RealPrometheus.start(path)
    await prometheus.write(recorded.map(toSeries))
  })
  test.afterAll(async () => {
    await prometheus?.stop()
    await server?.stop()
  })

  async function ask(endpoint: string, parameters: Record<string, string>): Promise<Answer> {
    const response = await fetch(`${server.url}/prometheus/api/v1/${endpoint}?${new URLSearchParams(parameters)}`)
    return response.json()
  }

  for (const [name, view] of Object.entries(views)) {
    test(`answers the board ${name} as this app does`, async () => {
      const variables = { rangeMs: RANGE_MS, stepMs: SCRAPE_INTERVAL_MS, scrapeIntervalMs: SCRAPE_INTERVAL_MS }
      const all = { target: toTargetMatchers(undefined), route: undefined, own: '' }
      const { exprs, instantExprs } = boardExprs(overview, { ...variables, ...all, ...view })
      const range = { startMs: newestMs - 2 * RANGE_MS, endMs: newestMs, stepMs: 333 }
      let found = 0
      for (const query of [...exprs, ...instantExprs]) {
        for (const atMs of [newestMs, newestMs - 1234]) {
          const ours = await ask('query', { query, time: `${atMs / 1000}` })
          found += expectSame(query, await prometheus.instant(query, atMs), ours)
        }
        const { startMs, endMs, stepMs } = range
        const times = { start: `${startMs / 1000}`, end: `${endMs / 1000}`, step: `${stepMs / 1000}` }
        found += expectSame(query, await prometheus.range(query, range), await ask('query_range', { query, ...times }))
      }
      expect(found).toBeGreaterThan(100)
    })
  }
})

/** Requests of several kinds, with pauses and bursts, so that rates and quantiles move. */
async function makeTraffic(url: string): Promise<void> {
  const untilMs = Date.now() + RECORDED_MS
  for (let round = 1; Date.now() < untilMs; round++) {
    await send(url, '/', (round * 7) % 12)
    await send(url, `/demo/api/orders/${round}?ms=${(round * 13) % 60}`, 1 + (round % 3))
    if (round % 3 === 0) await send(url, '/demo/api/payments')
    if (round % 4 === 0) await send(url, '/dashboard')
    if (round % 5 === 0) await send(url, '/no/such/path', 2)
    await sleep(100 + ((round * 37) % 250))
  }
}

function toSeries({ metric, values = [] }: Samples[number]): Series {
  return {
    labels: metric,
    timestampsMs: Float64Array.from(values, ([seconds]) => Math.round(seconds * 1000)),
    values: Float64Array.from(values, ([, text]) => toNumber(text)),
    stale: undefined,
  }
}

/** Gives how many values were compared. */
function expectSame(query: string, theirs: Answer, ours: Answer): number {
  expect({ query, error: ours.error, type: ours.data?.resultType }).toEqual({
    query,
    error: theirs.error,
    type: theirs.data?.resultType,
  })
  const [expected, got] = [theirs, ours].map((answer) => byPlace(answer.data?.result as Samples))
  expect({ query, places: [...(got?.keys() ?? [])] }).toEqual({ query, places: [...(expected?.keys() ?? [])] })
  for (const [place, value] of expected ?? []) {
    const ourValue = got?.get(place) ?? Number.NaN
    const isSame = Object.is(value, ourValue) || Math.abs(value - ourValue) <= 1e-9 * Math.abs(value)
    expect(isSame ? '' : `${query} at ${place}: ${value}, ours ${ourValue}`).toBe('')
  }
  return expected?.size ?? 0
}

/** Every value of an answer, by its labels and its time, in an order of their own. */
function byPlace(samples: Samples): Map<string, number> {
  const places = samples.flatMap(({ metric, value, values = [] }) => {
    const labels = JSON.stringify(Object.entries(metric).sort())
    return [...(value ? [value] : []), ...values].map(([seconds, text]): [string, number] => [
      `${labels} ${seconds}`,
      toNumber(text),
    ])
  })
  return new Map(places.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function toNumber(text: string): number {
  if (text === '+Inf') return Number.POSITIVE_INFINITY
  return text === '-Inf' ? Number.NEGATIVE_INFINITY : Number(text)
}
