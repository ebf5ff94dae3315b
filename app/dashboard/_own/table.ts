// The table of a panel: a row for each label set, a column for each label and each query.
import type { Mapping, OwnPanel, Step } from '../_boards/own-board'
import type { Unit } from '../_format/unit'
import type { LiveBoard } from '../_live/live-board'
import { reduce } from './series'

export type Cell = string | number | undefined
/** `unit` is that of a column of numbers. */
export type Column = {
  key: string
  name: string
  unit: Unit | undefined
  mappings?: readonly Mapping[] | undefined
  steps?: readonly Step[] | undefined
}
export type Row = { key: string; cells: readonly Cell[] }

/** Rows that are drawn; the first ones in the order that is chosen. */
export const MOST_ROWS = 500

/** Grafana calls a query's column `Value #A`, or `Value` where there is one. Hidden columns are left out, without their labels. */
export function toTable(
  { panel, drawing }: OwnPanel,
  exprs: readonly string[],
  board: LiveBoard,
): { columns: Column[]; rows: Row[] } {
  if (drawing.kind !== 'table') return { columns: [], rows: [] }
  const { hidden, hidesRest, mappings, names, reduction, steps, units } = drawing
  const isHidden = (name: string) => hidden.includes(name) || (hidesRest && !Object.hasOwn(names, name))
  const labels = new Set<string>()
  const found = new Map<string, { labels: Readonly<Record<string, string>>; values: Cell[] }>()
  for (const [query, expr] of exprs.entries()) {
    for (const one of board.series(expr)) {
      for (const name of Object.keys(one.labels)) if (!isHidden(name)) labels.add(name)
      const shown = Object.entries(one.labels).filter(([name]) => name !== '__name__')
      const key = JSON.stringify(shown.sort())
      const row = found.get(key) ?? { labels: one.labels, values: [] }
      row.values[query] = reduce(one.values, reduction)
      found.set(key, row)
    }
  }
  const ofLabels = [...labels]
    .sort()
    .map((name): Column => ({ key: name, name: ownOf(names, name) ?? name, unit: undefined }))
  const ofValues = panel.queries.flatMap(({ legend, refId }, query): (Column & { query: number })[] => {
    const name = panel.queries.length === 1 ? 'Value' : `Value #${refId ?? query}`
    if (isHidden(name)) return []
    const shown = ownOf(names, name) ?? (legend === '' || legend.includes('{{') ? name : legend)
    /** By either of its names. */
    const of = <T>(given: Readonly<Record<string, T>>) => ownOf(given, shown) ?? ownOf(given, name) ?? ownOf(given, '')
    const column = { key: name, name: shown, unit: of(units) ?? panel.unit, query }
    return [{ ...column, mappings: of(mappings), steps: of(steps) }]
  })
  const rows = [...found].map(
    ([key, row]): Row => ({
      key,
      cells: [...ofLabels.map(({ key }) => row.labels[key]), ...ofValues.map(({ query }) => row.values[query])],
    }),
  )
  return { columns: [...ofLabels, ...ofValues], rows }
}

/** What a file's object has itself. */
const ownOf = <T>(object: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined

const collator = new Intl.Collator('en', { numeric: true })

/** `-name` is the largest first; without an order, as they came. What has no value is last. */
export function sortRows(columns: readonly Column[], rows: readonly Row[], order: string | undefined): readonly Row[] {
  const isDescending = order?.startsWith('-') === true
  const column = columns.findIndex(({ key }) => key === (isDescending ? order?.slice(1) : order))
  if (column < 0) return rows
  const isNone = (cell: Cell) => cell === undefined || Number.isNaN(cell)
  return [...rows].sort((a, b) => {
    const [x, y] = [a.cells[column], b.cells[column]]
    if (isNone(x) || isNone(y)) return Number(isNone(x)) - Number(isNone(y))
    const compared = typeof x === 'number' && typeof y === 'number' ? x - y : collator.compare(`${x}`, `${y}`)
    return isDescending ? -compared : compared
  })
}
