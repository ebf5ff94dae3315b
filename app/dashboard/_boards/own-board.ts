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

/** From this value on; null for any. */
export type Step = { from: number | null; tone: Tone }

export type Scale = { min?: number | undefined; max?: number | undefined; steps: readonly Step[] }

export type NumberDrawing = {
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
}

/** ours: by the panel's `chart`. none: `undrawn` says why. */
export type Drawing =
  | { kind: 'ours' }
  | { kind: 'time' }
  | ({ kind: 'stat' | 'gauge' | 'bars'; reduction: Reduction } & NumberDrawing & Scale)
  | ({ kind: 'table'; reduction: Reduction } & TableColumns)
  | { kind: 'text'; text: string; isMarkdown: boolean }
  | { kind: 'none' }

export type OwnPanel = {
  panel: Panel
  drawing: Drawing
  /** Of 24 columns, as in Grafana. */
  width: number
  /** Where it stands in its section, in columns and rows from 0; without one, after the panel before it. */
  place?: { x: number; y: number; h: number } | undefined
  /** What of it can't be drawn, in words. */
  undrawn: readonly string[]
}

/** Under a row's title, or before the first row. */
export type OwnSection = { key: string; title: string | undefined; isCollapsed: boolean; panels: readonly OwnPanel[] }
