// Invented answers for a board's questions, of the right shape: what the tests draw.
import type { Labels } from '@/server/exposition/snapshot'
import type { LiveBoard, LiveSeries } from '../_live/live-board'

const BOUNDS = ['0.001', '0.01', '0.1', '1', '+Inf']
const ROUTES = ['/', '/users/[id]', '(unmatched)']

/** Ten points, a second apart, ending at `endMs`. `changes` replace parts of the board. */
export function inventBoard(endMs: number, changes: Partial<LiveBoard> = {}): LiveBoard {
  const timesMs = Array.from({ length: 10 }, (_, i) => endMs - (9 - i) * 1000)
  return {
    timesMs,
    stepMs: 1000,
    series: (expr) => labelsOf(expr).map((labels, i) => seriesOf(labels, timesMs, sizeOf(expr) * (i + 1))),
    error: () => undefined,
    state: 'live',
    newestMs: endMs,
    hasHistory: true,
    ...changes,
  }
}

/** The label sets that an expression answers with: by bound, by route, of an exception, or a single one. */
function labelsOf(expr: string): Labels[] {
  if (expr.startsWith('sum by (le) ')) return BOUNDS.map((le) => ({ le }))
  if (expr.includes('method, route)')) return ROUTES.map((route) => ({ method: 'GET', route }))
  if (expr.includes('exceptions_total')) return [{ error: 'Declined', kind: 'route', route: '/pay' }]
  if (expr.includes('by (route)')) return ROUTES.map((route) => ({ route }))
  return [{}]
}

/** Quantiles are seconds, shares are small, memory is large, and the rest is a few. */
function sizeOf(expr: string): number {
  if (/_limit_bytes|constrained|busy/.test(expr)) return 0.3
  if (expr.includes('histogram_quantile(')) return 0.012
  if (expr.includes(' or 0 * ')) return 0.025
  return expr.includes('_bytes') ? 212e6 : 7
}

function seriesOf(labels: Labels, timesMs: readonly number[], size: number): LiveSeries {
  return { key: JSON.stringify(labels), labels, values: timesMs.map((_, i) => size * (1 + i / 100)) }
}
