// From the answers of a panel of a reader's own board to what is drawn: each series with a name and a colour, and each as a number.
import type { Hue, OwnPanel, Reduction } from '../_boards/own-board'
import type { Colour, Panel } from '../_boards/panel'
import { SERIES_COLOURS } from '../_boards/panel'
import { toHistogram } from '../_charts/buckets'
import { commonLabels, toName } from '../_charts/chart-line'
import type { LiveBoard, LiveSeries } from '../_live/live-board'
import type { Finds, Otherwise } from './overrides'
import { otherwise } from './overrides'

/** More lines can't be told apart, and each is drawn again at every tick. */
export const MOST_SERIES = 100

export type OwnSeries = LiveSeries & { name: string; colour: Colour; query: number } & Otherwise

/** In the order of the queries, and `left` how many there are beyond MOST_SERIES. */
export function toOwnSeries(
  { panel, overrides = [] }: Pick<OwnPanel, 'panel' | 'overrides'>,
  exprs: readonly string[],
  board: LiveBoard,
  finds?: Finds,
): { series: OwnSeries[]; left: number } {
  const all = panel.queries.flatMap(({ legend, isInstant }, query) => {
    const told = board.series(exprs[query] ?? '')
    // A query of the present may have an order of its own; all others have that of Prometheus, whichever comes first.
    const answers = isInstant ? told : told.toSorted((a, b) => (a.key < b.key ? -1 : 1))
    const common = commonLabels(answers)
    return answers.map((one) => ({
      ...one,
      key: `${query} ${one.key}`,
      query,
      name:
        legend === ''
          ? toLabelText(one.labels, common) || (panel.queries[query]?.expr ?? '')
          : toName(legend, one.labels),
    }))
  })
  const told = all.flatMap((one) => {
    const changed = { ...one, ...otherwise(one, panel.queries[one.query]?.refId, overrides, finds) }
    return changed.isHidden === true ? [] : [changed]
  })
  const series = told.slice(0, MOST_SERIES)
  const colours = coloursOf(series.map(({ hue }) => hue))
  return {
    series: series.map((one, i) => ({ ...one, colour: colours[i] ?? 'gone' })),
    left: told.length - series.length,
  }
}

/** The nearest of this page's colours first, then others of about that hue. */
const OF_HUE: Readonly<Record<Hue, readonly Colour[]>> = {
  red: ['server', 'p95'],
  orange: ['p95', 'client'],
  yellow: ['client', 'p95'],
  green: ['ok', 'route-2'],
  blue: ['route-6', 'redirect', 'route-1'],
  purple: ['p99', 'route-4', 'route-5', 'route-3'],
  grey: ['gone'],
}

/** One for each: of the hue where that is told, and as far as there are enough, no two alike. */
function coloursOf(hues: readonly (Hue | undefined)[]): Colour[] {
  const taken = new Set<Colour>()
  const ofHue = hues.map((hue) => {
    if (hue === undefined) return undefined
    const colour = OF_HUE[hue].find((one) => !taken.has(one)) ?? OF_HUE[hue][0]
    if (colour !== undefined) taken.add(colour)
    return colour
  })
  const free = SERIES_COLOURS.filter((colour) => !taken.has(colour))
  const others = free.length > 0 ? free : SERIES_COLOURS
  let next = 0
  return ofHue.map((colour) => colour ?? others[next++ % others.length] ?? 'gone')
}

/** `up{job="hearth"}`, as Prometheus writes it; '' where there are no labels. */
function toLabelText(labels: LiveSeries['labels'], common: LiveSeries['labels']): string {
  const { __name__: metric = '', ...others } = labels
  const pairs = Object.entries(others)
    .filter(([name]) => common[name] === undefined)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return pairs.length === 0 ? metric : `${metric}{${pairs.join(', ')}}`
}

/** The panel with a query for each series, so that each has its own colour, and a board whose expressions are their keys. */
export function toSeriesPanel(panel: Panel, series: readonly OwnSeries[], board: LiveBoard) {
  const byKey = new Map(series.map((one) => [one.key, [{ ...one, labels: { series: one.name } }]]))
  const drawn: Panel = {
    ...panel,
    queries: series.map(({ key, colour }) => ({ expr: key, legend: '{{series}}', colour })),
  }
  const answers: LiveBoard = { ...board, series: (expr) => byKey.get(expr) ?? [], error: () => undefined }
  return { panel: drawn, exprs: series.map(({ key }) => key), board: answers }
}

/** One number of a series; undefined where there is none. Gaps are no values, NaN is one. */
export function reduce(values: LiveSeries['values'], reduction: Reduction): number | undefined {
  const present = values.filter((value) => value !== null)
  const known = present.filter((value) => !Number.isNaN(value))
  const [first, last] = [known[0], known.at(-1)]
  if (reduction === 'count') return values.length
  if (first === undefined || last === undefined) return present.at(-1)
  switch (reduction) {
    case 'lastNotNull':
      return present.at(-1)
    case 'last':
      return values.at(-1) ?? undefined
    case 'firstNotNull':
      return present[0]
    case 'first':
      return values[0] ?? undefined
    case 'mean':
      return sumOf(known) / known.length
    case 'sum':
      return sumOf(known)
    case 'max':
      return known.reduce((most, value) => Math.max(most, value))
    case 'min':
      return known.reduce((least, value) => Math.min(least, value))
    case 'range':
      return reduceBounds(known)
    case 'delta':
      return known.reduce((grown, value, i) => {
        const before = known[i - 1] ?? value
        // A counter that has begun anew.
        return grown + (value >= before ? value - before : value)
      }, 0)
  }
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

const reduceBounds = (values: readonly number[]) =>
  values.reduce((most, value) => Math.max(most, value)) - values.reduce((least, value) => Math.min(least, value))

/** The newest buckets of a histogram, each with what lies in it alone, in the order of their bounds. */
export function toBucketSeries(series: readonly OwnSeries[]): OwnSeries[] {
  const [first] = series
  const histogram = toHistogram(series)
  const last = series.reduce(
    (most, { values }) =>
      Math.max(
        most,
        values.findLastIndex((value) => value !== null),
      ),
    -1,
  )
  const buckets = histogram.at(last)
  if (first === undefined || buckets === null) return []
  // As the target has written it.
  const bounds = new Map(
    series.map(({ labels: { le = '' } }) => [le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le), le]),
  )
  return buckets.map(({ upper, count }, i) => ({
    ...first,
    key: `${upper}`,
    name: `≤ ${bounds.get(upper) ?? upper}`,
    values: [count],
    colour: SERIES_COLOURS[i % SERIES_COLOURS.length] ?? 'gone',
  }))
}
