// A board of the reader's own: what its panels have beside those of our boards. It comes from a file in Grafana's model, or is
// made of pins.
import type { Unit } from '../_format/unit'
import type { Panel } from './panel'

/** How a series becomes one number; Grafana's names. */
export const REDUCTIONS = [
  'lastNotNull',
  'last',
  'firstNotNull',
  'first',
  'mean',
  'max',
  'min',
  'sum',
  'count',
  'range',
  'delta',
] as const
export type Reduction = (typeof REDUCTIONS)[number]

/** Variables of globals.css, whose colours fit both themes. */
export const TONES = ['good', 'warn', 'bad', 'build', 'p99', 'ink'] as const
export type Tone = (typeof TONES)[number]

/** What a file's colours are told as: those of this page for a series, or a tone. */
export const HUES = ['red', 'orange', 'yellow', 'green', 'blue', 'purple', 'grey'] as const
export type Hue = (typeof HUES)[number]

/** From this value on; null for any. */
export type Step = { from: number | null; tone: Tone }

/** What stands in the place of values from `from` to `to`, or where there is none: nothing at all, or NaN. */
export type Mapping = {
  of: 'range' | 'nothing' | 'nan' | 'nothing or nan'
  from?: number | undefined
  to?: number | undefined
  text?: string | undefined
  tone?: Tone | undefined
}

/** By Grafana's names of fields: what some series of a panel have otherwise than the others. The last that fits counts. */
export type Override = {
  /** The series' name, a regular expression that finds it (RE2), its query; all: every series. */
  by: 'name' | 'regexp' | 'query' | 'all'
  of: string
  unit?: Unit | undefined
  hue?: Hue | undefined
  /** With `${__field.labels.x}`, `${__series.name}` in it. */
  name?: string | undefined
  steps?: readonly Step[] | undefined
  mappings?: readonly Mapping[] | undefined
  min?: number | undefined
  max?: number | undefined
  /** Drawn downwards from 0. */
  isNegative?: true | undefined
  /** At the axis on the left, or on the right. */
  side?: 'left' | 'right' | undefined
  /** Not stacked on the others. */
  isAlone?: true | undefined
  drawAs?: 'line' | 'bars' | undefined
  isHidden?: true | undefined
}

export type Scale = { min?: number | undefined; max?: number | undefined; steps: readonly Step[] }

export type NumberDrawing = {
  mappings: readonly Mapping[]
  hasGraph: boolean
  /** The name of the series stands there, not its value. */
  isName: boolean
  /** Bars are the buckets of a histogram. */
  isHistogram: boolean
}

/** By Grafana's names of columns: labels, and `Value #A` for a query's value. */
export type TableColumns = {
  hidden: readonly string[]
  /** Columns without a name in `names` are hidden as well. */
  hidesRest: boolean
  names: Readonly<Record<string, string>>
  units: Readonly<Record<string, Unit>>
  /** By the column, '' for those of numbers that have none of their own. */
  mappings: Readonly<Record<string, readonly Mapping[]>>
  steps: Readonly<Record<string, readonly Step[]>>
}

/** Over time, in Grafana's way: the axis fits the values, unless `softMin` and `softMax` or the panel's `extent` hold it. */
export type TimeDrawing = {
  /** Thresholds are drawn as well. */
  steps?: readonly Step[] | undefined
  stepsAs?: 'lines' | 'areas' | 'both' | undefined
  isBars?: true | undefined
  /** Stacked to 100%. */
  isShare?: true | undefined
  softMin?: number | undefined
  softMax?: number | undefined
}

/** ours: by the panel's `chart`. none: `undrawn` says why. */
export type Drawing =
  | { kind: 'ours' }
  | ({ kind: 'time' } & TimeDrawing)
  | ({ kind: 'stat' | 'gauge' | 'bars'; reduction: Reduction } & NumberDrawing & Scale)
  | ({ kind: 'table'; reduction: Reduction } & TableColumns)
  | { kind: 'text'; text: string; isMarkdown: boolean }
  | { kind: 'none' }

export type OwnPanel = {
  panel: Panel
  drawing: Drawing
  overrides?: readonly Override[] | undefined
  /** Of 24 columns, as in Grafana. */
  width: number
  /** Where it stands in its section, in columns and rows from 0; without one, after the panel before it. */
  place?: { x: number; y: number; h: number } | undefined
  /** What of it can't be drawn, in words. */
  undrawn: readonly string[]
}

/** Under a row's title, or before the first row. */
export type OwnSection = { key: string; title: string | undefined; isCollapsed: boolean; panels: readonly OwnPanel[] }
