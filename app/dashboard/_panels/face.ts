// A panel's four faces: loading, empty, live, lost. They depend on which values came, and on whether they still come.
import type { Panel } from '../_boards/panel'
import type { LiveBoard } from '../_live/live-board'
import { isCut } from '../_live/live-board'

export type Face =
  | { kind: 'loading' }
  /** Asked and answered: there is nothing. `text` says how to fill it. */
  | { kind: 'empty'; text: string }
  | { kind: 'live' }
  /** No new values come. The last ones stay, if there ever were any. `reason` is undefined where the connection is down. */
  | { kind: 'lost'; reason: Reason; hasValues: boolean }

export type Reason = ReturnType<LiveBoard['error']>

/** Who is watched: which route the reader chose, whether it is the process that serves the page, and whether it is down. */
export type Watched = { route?: string; isThisApp?: boolean; isDown?: boolean }

export function toFace(panel: Panel, exprs: readonly string[], board: LiveBoard, watched: Watched = {}): Face {
  const reason = exprs.map((expr) => board.error(expr)).find((error) => error !== undefined)
  const isDrawn = panel.chart === 'buckets' || panel.chart === 'heatmap' ? isCount : isNumber
  const hasValues = exprs.some((expr) => board.series(expr).some(({ values }) => values.some(isDrawn)))
  if (reason !== undefined || isCut(board)) return { kind: 'lost', reason, hasValues }
  if (!board.hasHistory) return { kind: 'loading' }
  if (hasValues) return { kind: 'live' }
  return { kind: 'empty', text: toReason(panel, watched) }
}

/** Another target may be any program: if the panel is empty, it helps to know which metrics it reads. */
function toReason({ queries, empty, isEmptyAnswer }: Panel, { route, isThisApp = true, isDown }: Watched): string {
  if (isDown) return 'No values in the last $range: `$target` is down.'
  const follows = queries.some(({ expr }) => expr.includes('$route'))
  if (follows && route !== undefined) return empty.replace(/ in the last.*/, ` to \`${route}\` in the last $range.`)
  if (isThisApp || isEmptyAnswer) return empty
  const metrics = new Set(queries.flatMap(({ expr }) => expr.match(/[a-z_:][a-z0-9_:]*(?=\{)/gi) ?? []))
  metrics.delete('up')
  const named = [...metrics].map((name) => `\`${name}\``).join(' and ')
  return `No values in the last $range. This panel reads ${named} from \`$target\`.`
}

/** 0/0 is an answer, but nothing that could be drawn. */
const isNumber = (value: number | null) => value !== null && !Number.isNaN(value)

/** A histogram of nothing says nothing. */
const isCount = (value: number | null) => value !== null && value > 0
