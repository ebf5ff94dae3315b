// A panel as CSV (RFC 4180): what is drawn, as numbers in PromQL's units (seconds, bytes, ratios), times in UTC.
import type { Panel } from '../_boards/panel'
import { toLines, toName } from '../_charts/chart-line'
import type { TimeFrame } from '../_charts/time-frame'
import type { LiveBoard } from '../_live/live-board'

type Cell = string | number | null | undefined

/** Without the lines in `hidden`. Instant queries alone are a table: a row for each label set, a column for each query. */
export function toCsv(
  panel: Panel,
  exprs: readonly string[],
  board: LiveBoard,
  frame: TimeFrame,
  hidden: ReadonlySet<string> = new Set(),
): string {
  const isTable = panel.queries.every(({ isInstant }) => isInstant === true)
  const rows = isTable ? toTable(panel, exprs, board) : toColumns(panel, exprs, board, frame, hidden)
  return toCsvText(rows)
}

export function toCsvText(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(toCell).join(',')}\r\n`).join('')
}

/** What has only a newest value has it in the last row. */
function toColumns(
  panel: Panel,
  exprs: readonly string[],
  board: LiveBoard,
  { startMs, endMs }: TimeFrame,
  hidden: ReadonlySet<string>,
): Cell[][] {
  const isDrawn = panel.chart === 'stack' || panel.chart === 'lines'
  const columns = isDrawn
    ? toLines(panel, exprs, board).filter(({ key }) => !hidden.has(key))
    : panel.queries.flatMap(({ legend }, i) =>
        board.series(exprs[i] ?? '').map(({ labels, values }) => ({ name: toName(legend, labels), values })),
      )
  const rows = board.timesMs.flatMap((timeMs, i): Cell[][] => {
    const isShown = timeMs >= startMs && timeMs <= endMs
    return isShown ? [[new Date(timeMs).toISOString(), ...columns.map(({ values }) => values[i])]] : []
  })
  return [['time', ...columns.map(({ name }) => name)], ...rows]
}

function toTable({ queries }: Panel, exprs: readonly string[], board: LiveBoard): Cell[][] {
  const rows = new Map<string, { labels: Readonly<Record<string, string>>; cells: Cell[] }>()
  for (const [column, expr] of exprs.entries()) {
    for (const { key, labels, values } of board.series(expr)) {
      const row = rows.get(key) ?? { labels, cells: queries.map(() => null) }
      row.cells[column] = values.at(-1)
      rows.set(key, row)
    }
  }
  const names = [...new Set([...rows.values()].flatMap(({ labels }) => Object.keys(labels)))].sort()
  const columns = queries.map(({ legend }) => (legend.includes('{{') ? 'value' : legend))
  return [
    [...names, ...columns],
    ...[...rows.values()].map(({ labels, cells }) => [...names.map((name) => labels[name]), ...cells]),
  ]
}

/** A text that a spreadsheet would compute is kept a text by an apostrophe: label values may be anybody's. */
function toCell(cell: Cell): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'number')
    return Math.abs(cell) === Number.POSITIVE_INFINITY ? (cell > 0 ? '+Inf' : '-Inf') : `${cell}`
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
