// A panel's four faces: loading, empty, live, lost. Which one it is depends on what has come, and on what stopped coming.
import type { Panel } from '../_boards/panel'
import type { LiveBoard } from '../_live/live-board'

export type Face =
  | { kind: 'loading' }
  /** Asked and answered: there is nothing. `text` says how to fill it. */
  | { kind: 'empty'; text: string }
  | { kind: 'live' }
  /** No new values come. The last ones stay, if there ever were any. `reason` is undefined where the connection is down. */
  | { kind: 'lost'; reason: string | undefined; hasValues: boolean }

/** `route` is the one that the reader chose: a panel that follows it is empty because of it. */
export function toFace(panel: Panel, exprs: readonly string[], board: LiveBoard, route?: string): Face {
  const reason = exprs.map((expr) => board.error(expr)).find((error) => error !== undefined)
  const isDrawn = panel.chart === 'buckets' || panel.chart === 'heatmap' ? isCount : isNumber
  const hasValues = exprs.some((expr) => board.series(expr).some(({ values }) => values.some(isDrawn)))
  const isCut = board.state === 'reconnecting' || board.state === 'stale'
  if (reason !== undefined || isCut) return { kind: 'lost', reason, hasValues }
  if (!board.hasHistory) return { kind: 'loading' }
  if (hasValues) return { kind: 'live' }
  const follows = route !== undefined && panel.queries.some(({ expr }) => expr.includes('$route'))
  return { kind: 'empty', text: follows ? `No requests to \`${route}\` in the last $range.` : panel.empty }
}

/** 0/0 is an answer, but nothing that could be drawn. */
const isNumber = (value: number | null) => value !== null && !Number.isNaN(value)

/** A histogram of nothing says nothing. */
const isCount = (value: number | null) => value !== null && value > 0
