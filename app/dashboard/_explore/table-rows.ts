// From the answers of instant queries to the rows of one table: its columns, order, filter, and the text of each cell.
import { toText } from '../_format/unit'
import type { ExploreView } from '../_state/explore-query'
import type { InstantRow } from './promql-api'
import { toLetter } from './shape'
import type { InstantTold } from './use-told'

export type TableRow = { key: string; cells: readonly string[]; value: InstantRow['value'] }

/** The last column is the value; the others are labels, after the query's letter where there are several. */
export type TableOf = { columns: readonly string[]; rows: readonly TableRow[] }

export const VALUE = 'Value'
const QUERY = 'Query'
/** So many points of a range are written in a cell. */
const MOST_POINTS = 5

export function toTable({ results }: InstantTold): TableOf {
  const answered = results.flatMap((result) => ('answer' in result ? [result] : []))
  const names = new Set(answered.flatMap(({ answer }) => answer.rows.flatMap(({ labels }) => Object.keys(labels))))
  // The metric's name first.
  const labels = [...names].sort((a, b) => Number(b === '__name__') - Number(a === '__name__') || (a < b ? -1 : 1))
  const hasLetters = results.length > 1
  const rows = answered.flatMap(({ query, answer }) =>
    answer.rows.map((row, i): TableRow => {
      const letter = toLetter(query.place)
      const cells = [...(hasLetters ? [letter] : []), ...labels.map((name) => row.labels[name] ?? '')]
      return { key: `${letter}${i}`, cells, value: row.value }
    }),
  )
  return { columns: [...(hasLetters ? [QUERY] : []), ...labels, VALUE], rows }
}

/** `-Value` is the largest first, `route` by the alphabet; a column that isn't there is the order of the answer. */
export function sortRows({ columns, rows }: TableOf, order: string | undefined): readonly TableRow[] {
  const isDescending = order?.startsWith('-') === true
  const column = columns.indexOf(isDescending ? (order?.slice(1) ?? '') : (order ?? ''))
  if (column < 0) return rows
  const isValue = column === columns.length - 1
  const compare = (a: TableRow, b: TableRow) =>
    isValue ? compareValues(a.value, b.value) : collator.compare(a.cells[column] ?? '', b.cells[column] ?? '')
  return [...rows].sort((a, b) => (isDescending ? compare(b, a) : compare(a, b)))
}

/** Rows that have all words of the text somewhere, in whichever case. */
export function filterRows(rows: readonly TableRow[], text: string): readonly TableRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return rows
  return rows.filter(({ cells, value }) => {
    const all = `${cells.join('\n')}\n${toExact(value)}`.toLowerCase()
    return words.every((word) => all.includes(word))
  })
}

/** In characters, of the longest cell of each column: columns stand still while rows come and go. */
export function toWidths({ columns, rows }: TableOf, unit: ExploreView['unit']): number[] {
  const widths = columns.map((column) => Math.min(WIDEST, column.length + ARROW.length))
  const widen = (column: number, text: string) => {
    for (const line of text.split('\n')) widths[column] = Math.min(WIDEST, Math.max(widths[column] ?? 0, line.length))
  }
  for (const { cells, value } of rows) {
    for (const [column, cell] of cells.entries()) widen(column, cell)
    widen(columns.length - 1, toCellText(value, unit))
  }
  return widths
}

/** Behind the name of the column that sorts. */
const ARROW = ' ↓'
/** The rest of a longer text is in its tip. */
const WIDEST = 60

/** In the unit, or to the last digit where there is none. */
export function toCellText(value: InstantRow['value'], unit: ExploreView['unit']): string {
  return unit === 'plain' || typeof value !== 'number' ? toExact(value) : toText(value, unit)
}

/** As PromQL writes it; a range as its newest points. */
export function toExact(value: InstantRow['value']): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return toNumberText(value)
  const points = value.slice(-MOST_POINTS).map(([timeMs, point]) => `${toNumberText(point)} @${timeMs / 1000}`)
  return [...(value.length > MOST_POINTS ? [`… ${value.length} points`] : []), ...points].join('\n')
}

/** How many lines a value has. */
export function toLines(value: InstantRow['value'] | undefined): number {
  return value === undefined ? 1 : Math.max(1, toExact(value).split('\n').length)
}

function toNumberText(value: number): string {
  return Math.abs(value) === Number.POSITIVE_INFINITY ? (value > 0 ? '+Inf' : '-Inf') : `${value}`
}

const collator = new Intl.Collator('en', { numeric: true })

/** NaN is the least, as in Prometheus's sort. */
function compareValues(a: InstantRow['value'], b: InstantRow['value']): number {
  const [x, y] = [toSortable(a), toSortable(b)]
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(y)) - Number(Number.isNaN(x))
  return x - y
}

function toSortable(value: InstantRow['value']): number {
  return typeof value === 'number' ? value : typeof value === 'string' ? Number.NaN : (value.at(-1)?.[1] ?? Number.NaN)
}
