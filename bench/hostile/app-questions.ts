// Hostile questions to the doors that a Prometheus doesn't have, by kind: tRPC, /metrics and the page.
import type { Random } from '../../server/promql/differential/generated-series'
import { between, pick, times, upTo, word } from './draw'
import type { ExprKind } from './expressions'
import { EXPR_KINDS, EXPRESSIONS } from './expressions'
import type { Call, Draft, MakeQuestion, Moment } from './question'
import { batch, call } from './question'

/** As server/trpc/inputs.ts has them. */
const LONGEST_EXPR = 2_000
const MOST_LIVE_EXPRS = 48

/** In a batch or a stream, all in one URL. */
const SHORT_EXPRS = [
  '{__name__=~".+"}',
  'rate({__name__=~".+"}[5m])',
  'latency_seconds_bucket',
  'sum by (route, le) (rate(latency_seconds_bucket[1m]))',
  'quantile_over_time(.9, {__name__=~".+"}[5m])',
  'count_values("v", {__name__=~".+"})',
  'sort({__name__!=""})',
  'topk(9999, {job!=""})',
]
const SHORT_STRING = wrapLabelJoin('label_replace(up,"a","x","","")', 4)

const PROCEDURES = ['metrics.status', 'errors.recent', 'metrics.snapshot', 'metrics.range', 'metrics.live', 'nothing']
const WRONG_INPUTS = ['{', 'null', '[]', '"x"', '{"expr":1}', '{"__proto__":{}}', '1e999', '['.repeat(3000)]
const WRONG_PATHS = [
  'metrics.range',
  'metrics.snapshot',
  'metrics.live',
  'nothing',
  'metrics.range,',
  ',,,',
  '__proto__',
]
const WRONG_BODIES = ['[', '{"0":', 'x', '"a",', '{"json":{"expr":"']
const LARGEST_BODY = 20 * 1024 * 1024

const ACCEPTED = ['*/*', 'application/openmetrics-text;version=1.0.0', 'text/html', 'a/b,'.repeat(500)]
const ODD_TEXTS = ['', '1h', '15m', '<script>', '"', '\u0000', '😀', '../..', '{__name__=~".+"}', 'x'.repeat(4000)]
const PAGE_PARAMETERS = ['range', 'route', 'target', 'traffic', '_rsc', '__proto__']
const LONGEST_QUERY = 7_000

export const APP_KINDS: Record<string, MakeQuestion> = {
  'trpc: range': (random, moment) =>
    call('metrics.range', rangeInput(moment, exprOf(random), upTo(random, 1, 11_000), upTo(random, 100, 60_000))),
  'trpc: range of many steps': (random, moment) =>
    call('metrics.range', rangeInput(moment, pick(random, SHORT_EXPRS), 10_999, upTo(random, 100, 60_000))),
  'trpc: batch of ranges': (random, moment) =>
    batch(
      times(upTo(random, 1, 60), () => ({
        procedure: 'metrics.range',
        input: rangeInput(moment, pick(random, [...SHORT_EXPRS, SHORT_STRING]), upTo(random, 1, 1000), 1000),
      })),
    ),
  'trpc: snapshot': (random, { instance }) => ({
    ...call('metrics.snapshot', pick(random, [undefined, { instance }, { instance: word(random) }])),
    clients: upTo(random, 1, 20),
  }),
  'trpc: batch of snapshots': (random, { instance }) => ({
    ...batch(snapshots(upTo(random, 1, 1000), pick(random, [undefined, { instance }]))),
    clients: upTo(random, 1, 8),
  }),
  'trpc: status and errors.recent': (random) => ({
    ...call(pick(random, ['metrics.status', 'errors.recent']), undefined),
    clients: upTo(random, 1, 50),
  }),
  'trpc: batch of all': (random, moment) =>
    batch(
      times(upTo(random, 1, 1000), (): Call => {
        const input = pick(random, [undefined, rangeInput(moment, 'up', 10, 1000)])
        return { procedure: pick(random, PROCEDURES), input }
      }),
      pick(random, ['GET', 'POST']),
    ),
  'trpc: wrong input': (random) => {
    const path = pick(random, WRONG_PATHS)
    const query = `${pick(random, ['', 'batch=1&', 'batch=x&'])}input=${encodeURIComponent(pick(random, WRONG_INPUTS))}`
    const manner = path === 'metrics.live' ? 'listen' : 'read'
    return { door: 'trpc', path: `/api/trpc/${path}?${query}`, manner }
  },
  'trpc: large body': (random) => {
    const piece = pick(random, WRONG_BODIES)
    const path = pick(random, ['metrics.range', 'metrics.snapshot,metrics.status?batch=1', 'nothing'])
    const body = piece.repeat(Math.ceil(upTo(random, 1_000, LARGEST_BODY) / piece.length))
    return {
      door: 'trpc',
      method: 'POST',
      path: `/api/trpc/${path}`,
      headers: { 'content-type': 'application/json' },
      body,
    }
  },
  'trpc: live': (random) => ({ ...live(random), clients: upTo(random, 1, 60), patienceMs: between(random, 0, 2_000) }),
  'trpc: client that reads nothing': (random, { instance }) => ({
    ...pick(random, [live(random), batch(snapshots(50, { instance }))]),
    manner: 'ignore',
    clients: upTo(random, 1, 40),
    patienceMs: between(random, 100, 3_000),
  }),

  '/metrics by names': (random) => {
    const names = times(upTo(random, 1, 400), () => `name[]=${pick(random, ['requests_total', 'up', word(random)])}`)
    const path = `${pick(random, ['/metrics', '/api/metrics'])}?${names.join('&')}`
    return { door: 'metrics', path, headers: { accept: pick(random, ACCEPTED) } }
  },
  '/metrics at once': (random) => ({
    door: 'metrics',
    path: '/metrics',
    headers: { 'accept-encoding': pick(random, ['gzip', 'identity']) },
    clients: between(random, 2, 30),
  }),
  '/metrics, and nobody reads it': (random) => ({
    door: 'metrics',
    path: '/metrics',
    manner: 'ignore',
    clients: upTo(random, 1, 10),
    patienceMs: between(random, 100, 3_000),
  }),

  'page with odd parameters': (random, { instance, job }) => {
    const field = () =>
      `${pick(random, PAGE_PARAMETERS)}=${encodeURIComponent(pick(random, [...ODD_TEXTS, `${job}/${instance}`]))}`
    const query = times(upTo(random, 1, 200), field)
      .join('&')
      .slice(0, LONGEST_QUERY)
    return {
      door: 'page',
      path: `/dashboard?${query}`,
      headers: pick<Record<string, string>>(random, [{}, { rsc: '1' }]),
    }
  },
  'pages at once': (random, { instance, job }) => {
    const view = { range: pick(random, ['1m', '5m', '1h']), traffic: 'all', target: `${job}/${instance}` }
    return { door: 'page', path: `/dashboard?${new URLSearchParams(view)}`, clients: between(random, 1, 20) }
  },
}

/** One that is short enough for tRPC. */
function exprOf(random: Random): string {
  const exprs = times(10, () => EXPRESSIONS[pick<ExprKind>(random, EXPR_KINDS)](random))
  return exprs.find(({ length }) => length <= LONGEST_EXPR) ?? 'up'
}

function rangeInput({ nowSeconds }: Moment, expr: string, steps: number, stepMs: number) {
  const endMs = Math.round(nowSeconds * 1000)
  return { expr, startMs: Math.max(0, endMs - steps * stepMs), endMs, stepMs }
}

function snapshots(count: number, input: { instance: string } | undefined): Call[] {
  return times(count, () => ({ procedure: 'metrics.snapshot', input }))
}

function live(random: Random): Draft {
  const stepMs = pick(random, [1000, 5000, 60_000])
  // Different every time, so that no viewer shares the answers of another.
  const some = () => times(MOST_LIVE_EXPRS, () => `${pick(random, SHORT_EXPRS)} > ${between(random, 0, 1e6)}`)
  const input = {
    exprs: some(),
    instantExprs: pick(random, [[], some()]),
    rangeMs: stepMs * upTo(random, 10, 1000),
    stepMs,
  }
  return { ...call('metrics.live', input), manner: 'listen', headers: { accept: 'text/event-stream' } }
}

function wrapLabelJoin(expr: string, levels: number): string {
  if (levels === 0) return expr
  return wrapLabelJoin(`label_join(${expr},"a","",${Array(20).fill('"a"').join()})`, levels - 1)
}
