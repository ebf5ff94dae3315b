// Invented answers for a board's questions, for tests and for looking at the page without a server.
import type { Labels } from '@/server/exposition/snapshot'
import type { LiveBoard, LiveSeries, LiveState } from '../_live/live-board'

export type Invention = {
  endMs: number
  rangeMs: number
  stepMs: number
  state?: LiveState
  isEmpty?: boolean
  error?: string
  history?: boolean
}

const LE = ['0.001', '0.0025', '0.005', '0.01', '0.025', '0.05', '0.1', '0.25', '0.5', '1', '2.5', '5', '10', '+Inf']
const SHARES = [2, 9, 21, 27, 19, 10.5, 6.2, 3.1, 1.3, 0.55, 0.2, 0.1, 0.05, 0]
const ROUTES: [string, string, number][] = [
  ['GET', '/', 38.2],
  ['GET', '/products/[id]', 19.6],
  ['GET', '/api/search', 8.3],
  ['POST', '/api/checkout', 3.1],
  ['GET', '/account', 1.9],
  ['GET', '(file)', 1],
  ['GET', '(unmatched)', 0.3],
  ['GET', '/a/very/long/route/template/that/[does]/not/fit/into/its/column/[id]/edit', 0.01],
]

/** A board whose every expression has an answer of the right shape: by its `le`, by its route, or one line. */
export function inventBoard({
  endMs,
  rangeMs,
  stepMs,
  state = 'live',
  isEmpty = false,
  error,
  history = true,
}: Invention): LiveBoard {
  const count = Math.floor(rangeMs / stepMs) + 1
  const firstMs = Math.floor(endMs / stepMs) * stepMs - (count - 1) * stepMs
  const timesMs = history ? Array.from({ length: count }, (_, i) => firstMs + i * stepMs) : []
  const cache = new Map<string, LiveSeries[]>()
  const answer = (expr: string) => {
    const known = cache.get(expr)
    if (known !== undefined) return known
    const series = isEmpty ? [] : invent(expr, timesMs)
    cache.set(expr, series)
    return series
  }
  return {
    timesMs,
    stepMs,
    series: answer,
    error: () => error,
    state,
    newestMs: timesMs.at(-1) ?? null,
    hasHistory: history,
  }
}

function invent(expr: string, timesMs: readonly number[]): LiveSeries[] {
  if (/^sum by \(le\) /.test(expr)) {
    let below = 0
    return LE.map((le, i) => {
      below += SHARES[i] ?? 0
      const isSlow = i > 5
      return series({ le }, timesMs, (t) => below * (60 + 20 * wave(t)) * (isSlow ? 1 : 1 - 0.3 * burst(t)))
    })
  }
  const byRoute = expr.includes('method, route)')
  if (byRoute || expr.includes('by (route)')) {
    return ROUTES.map(([method, route, rate]) =>
      series(byRoute ? { method, route } : { route }, timesMs, (t) => sizeOf(expr, rate / 72) * (0.9 + 0.1 * wave(t))),
    )
  }
  return [
    series(
      {},
      timesMs,
      (t, i) =>
        sizeOf(expr, 1) * (expr.includes('sum(requests_total') ? 1 + i / 1000 : 1 + 0.2 * wave(t) + 0.7 * burst(t)),
    ),
  ]
}

function sizeOf(expr: string, share: number): number {
  if (expr.startsWith('histogram_quantile(0.5')) return 0.0091
  if (expr.startsWith('histogram_quantile(0.95')) return 0.041
  if (expr.startsWith('histogram_quantile(0.99')) return 0.122
  if (expr.includes(' or 0 * ')) return share === 1 ? 0.0094 : share < 0.05 ? 0.062 : 0
  if (expr.includes('status=~"3')) return 5.6
  if (expr.includes('status=~"4')) return 3
  if (expr.includes('status=~"5')) return 0.7
  if (expr.includes('status="499')) return 0
  if (expr.includes('process_cpu')) return 0.42
  if (expr.includes('resident')) return 212e6
  if (expr.includes('eventloop')) return 0.31
  if (expr.includes('gc_duration')) return 0.0042
  if (expr.includes('kind="request"')) return 3
  if (expr.includes('kind="stream"')) return 2
  if (expr.includes('rate(')) return 72.4 * share
  return 21_460 * share
}

function series(labels: Labels, timesMs: readonly number[], at: (timeMs: number, i: number) => number): LiveSeries {
  return { key: JSON.stringify(labels), labels, values: timesMs.map(at) }
}

const wave = (timeMs: number) =>
  Math.sin(timeMs / 17_000) + 0.5 * Math.sin(timeMs / 5300) + 0.3 * Math.sin(timeMs / 1777)
const burst = (timeMs: number) => (timeMs % 300_000 > 200_000 && timeMs % 300_000 < 230_000 ? 1 : 0)
