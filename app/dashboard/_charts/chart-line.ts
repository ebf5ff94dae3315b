// From the answers of a panel's queries to the lines of its chart.

import type { Colour, Panel } from '../_boards/panel'
import type { Unit } from '../_format/unit'
import type { LiveBoard, LiveSeries } from '../_live/live-board'

/** `values` are aligned with the board's times; null is a gap. `unit` is another one than the panel's. */
export type ChartLine = {
  key: string
  name: string
  colour: Colour
  values: readonly (number | null)[]
  unit?: Unit
}

/** For the lines whose query names no colours; what is left over is grey. */
const PALETTE: readonly Colour[] = ['route-1', 'route-2', 'route-3', 'route-4', 'route-5', 'route-6']
const REST: Colour = 'gone'

/** One line for each series, in the order of the queries. A query without a colour gives its largest series and the rest as one. */
export function toLines(panel: Panel, exprs: readonly string[], board: LiveBoard): ChartLine[] {
  return panel.queries.flatMap(({ legend, colour, colours }, i) => {
    const series = board.series(exprs[i] ?? '')
    if (colour === undefined) return toRanked(series, legend, colours ?? PALETTE)
    if (series.length === 0) return [{ key: legend, name: legend, colour, values: [] }]
    return series.map(({ key, labels, values }) => ({
      key: `${legend} ${key}`,
      name: toName(legend, labels),
      colour,
      values,
    }))
  })
}

/** `{{route}}` becomes the label's value, as in Grafana. */
export function toName(legend: string, labels: LiveSeries['labels']): string {
  return legend.replace(/\{\{\s*(.+?)\s*\}\}/g, (_, label: string) => labels[label] ?? '')
}

/** The labels that all series have alike, which tell none from another; none of a single series. */
export function commonLabels(series: readonly Pick<LiveSeries, 'labels'>[]): LiveSeries['labels'] {
  const [first, ...others] = series
  if (first === undefined || others.length === 0) return {}
  const { __name__: _, ...labels } = first.labels
  return Object.fromEntries(
    Object.entries(labels).filter(([name, value]) => others.every((one) => one.labels[name] === value)),
  )
}

function toRanked(series: readonly LiveSeries[], legend: string, palette: readonly Colour[]): ChartLine[] {
  const ranked = series
    .map((one) => ({ ...one, size: sumOf(one.values) }))
    .sort((a, b) => b.size - a.size || (a.key < b.key ? -1 : 1))
  const first = ranked.slice(0, palette.length)
  // By the alphabet, so that a line keeps its colour when another one overtakes it.
  const sorted = first.map(({ key }) => key).sort()
  const lines = first.map(({ key, labels, values }) => ({
    key,
    name: toName(legend, labels),
    colour: palette[sorted.indexOf(key)] ?? REST,
    values,
  }))
  const rest = ranked.slice(palette.length)
  if (rest.length === 0) return lines
  return [
    ...lines,
    { key: 'rest', name: `${rest.length} more`, colour: REST, values: addUp(rest.map(({ values }) => values)) },
  ]
}

function sumOf(values: LiveSeries['values']): number {
  return values.reduce<number>((sum, value) => sum + (Number.isFinite(value) ? (value ?? 0) : 0), 0)
}

/** The sum at each time of those that have a value there; null where none has. */
function addUp(lists: readonly LiveSeries['values'][]): (number | null)[] {
  const length = Math.max(0, ...lists.map((values) => values.length))
  return Array.from({ length }, (_, i) =>
    lists.reduce<number | null>((sum, values) => {
      const value = values[i] ?? null
      return value === null ? sum : (sum ?? 0) + value
    }, null),
  )
}
