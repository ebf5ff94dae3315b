// From the series of a panel to what is drawn over time in Grafana's way: lines, areas or bars, at the axis on the left or on the
// right, upwards or downwards.
import { nice, ticks } from 'd3-array'
import type { OwnPanel, TimeDrawing } from '../_boards/own-board'
import type { Colour } from '../_boards/panel'
import type { ChartLine } from '../_charts/chart-line'
import type { Curves } from '../_charts/curves'
import { toCurves, toStack } from '../_charts/curves'
import type { TimeFrame } from '../_charts/time-frame'
import type { ValueAxis } from '../_charts/value-axis'
import { toAxis, toAxisFromZero, toLogAxis } from '../_charts/value-axis'
import type { Unit } from '../_format/unit'
import { roundOf } from '../_format/unit'
import type { OwnSeries } from './series'

type Curve = Curves['curves'][number]

/** `bottoms` are where an area or a bar begins, in the values of its axis. */
export type Layer = { key: string; colour: Colour; as: 'line' | 'band' | 'bars'; tops: Curve; bottoms: Curve }
/** What shares an axis. */
export type Side = { layers: readonly Layer[]; axis: ValueAxis; unit: Unit }

/** A line of the chart and the series that it is made of. */
export type OwnLine = ChartLine & { of: OwnSeries }

type Timed = { timesMs: readonly number[]; frame: TimeFrame }

/** The left side is the first, and always there. */
export function toSides(
  { panel, drawing }: { panel: OwnPanel['panel']; drawing: TimeDrawing },
  lines: readonly OwnLine[],
  { timesMs, frame }: Timed,
): { timesMs: readonly number[]; sides: readonly Side[] } {
  const drawn = toCurves(timesMs, lines, frame)
  const unitOf = ({ of }: OwnLine) => of.unit ?? panel.unit
  const first = lines.find(({ of }) => of.side !== 'right') ?? lines[0]
  const leftUnit = first === undefined ? panel.unit : unitOf(first)
  const isRight = (line: OwnLine) =>
    line !== first && (line.of.side === 'right' || (line.of.side === undefined && unitOf(line) !== leftUnit))
  const sideOf = (isOnIt: (line: OwnLine) => boolean): Side => {
    const mine = lines.flatMap((line, i) => (isOnIt(line) ? [{ line, curve: drawn.curves[i] ?? [] }] : []))
    const [one] = mine
    const unit = one === undefined ? leftUnit : unitOf(one.line)
    const layers = toLayers(mine, panel.chart === 'stack', drawing)
    const given = mine.find(({ line: { of } }) => of.min !== undefined || of.max !== undefined)?.line.of
    const hard = { ...panel.extent, ...(given && { min: given.min, max: given.max }) }
    const ends = drawing.isShare ? { min: 0, max: 1 } : { ...drawing, ...hard }
    const shown = drawing.isShare ? 'percent' : unit
    return { layers, axis: toOwnAxis(layers, ends, shown, panel.axis === 'log'), unit: shown }
  }
  const left = sideOf((line) => !isRight(line))
  const right = sideOf(isRight)
  return { timesMs: drawn.timesMs, sides: right.layers.length > 0 ? [left, right] : [left] }
}

type Mine = { line: OwnLine; curve: Curve }

function toLayers(mine: readonly Mine[], isStack: boolean, drawing: TimeDrawing): Layer[] {
  const isStacked = ({ line: { of } }: Mine) => isStack && of.isAlone !== true
  const ups = stacked(
    mine.filter((one) => isStacked(one) && one.line.of.isNegative !== true),
    drawing,
  )
  const downs = stacked(
    mine.filter((one) => isStacked(one) && one.line.of.isNegative === true),
    drawing,
  )
  return mine.map((one): Layer => {
    const { key, colour, of } = one.line
    const sign = of.isNegative === true ? -1 : 1
    const edges = ups.get(one) ?? downs.get(one) ?? { tops: one.curve, bottoms: one.curve.map(toZero) }
    const isBars = (of.drawAs ?? (drawing.isBars ? 'bars' : 'line')) === 'bars'
    return {
      ...{ key, colour, as: isBars ? 'bars' : isStacked(one) ? 'band' : 'line' },
      tops: edges.tops.map((value) => (value === null ? null : value * sign)),
      bottoms: edges.bottoms.map((value) => (value === null ? null : value * sign)),
    }
  })
}

const toZero = (value: number | null) => (value === null ? null : 0)

/** Each on top of those before it; of 1 in all where shares are asked for. */
function stacked(mine: readonly Mine[], { isShare }: TimeDrawing): Map<Mine, { tops: Curve; bottoms: Curve }> {
  const sums = toStack(mine.map(({ curve }) => curve))
  const totals = sums.at(-1) ?? []
  const scaled = isShare
    ? sums.map((curve) => curve.map((value, i) => (value === null ? null : value / (totals[i] || 1))))
    : sums
  const floor = totals.map(toZero)
  return new Map(mine.map((one, i) => [one, { tops: scaled[i] ?? [], bottoms: scaled[i - 1] ?? floor }]))
}

export type Ends = {
  min?: number | undefined
  max?: number | undefined
  softMin?: number | undefined
  softMax?: number | undefined
}

/** So much of what the values span lies between 0 and them at most, where the axis begins at 0. */
const NEAR_ZERO = 0.1
const TICKS = 4

/**
 * As Grafana fits it: exactly from `min` to `max`; else to `softMin` and `softMax` as long as the values are within them; else to the
 * values, and to 0 where they are near it. Areas and bars begin at 0.
 */
export function toOwnAxis(layers: readonly Layer[], ends: Ends, unit: Unit, isLog: boolean): ValueAxis {
  const values = layers.flatMap(({ as, tops, bottoms }) => (as === 'line' ? tops : [...tops, ...bottoms]))
  const known = values.filter((value) => value !== null)
  const drawn = isLog ? known.filter((value) => value > 0) : known
  const least = drawn.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
  const most = drawn.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  const { min, max, softMin, softMax } = ends
  if (least > most) return toAxisFromZero(max ?? 0, min ?? 0)
  if (isLog) return toLogAxis(min !== undefined && min > 0 ? min : least, max ?? most)
  const span = most - least
  const near = span === 0 ? Math.abs(most) || 1 : span * NEAR_ZERO
  const aside = span === 0 ? near : 0
  const from = least >= 0 && least <= near ? 0 : least - aside
  const to = most <= 0 && -most <= near ? (span === 0 && most === 0 ? 1 : 0) : most + aside
  const bottom = min ?? (softMin !== undefined && least >= softMin ? softMin : from)
  const top = max ?? (softMax !== undefined && most <= softMax ? softMax : to)
  if (!(top > bottom)) return toAxisFromZero(Math.max(top, most), Math.min(bottom, least))
  const one = roundOf(Math.max(Math.abs(top), Math.abs(bottom)), unit)
  const [low, high] = nice(bottom / one, top / one, TICKS)
  const domain: ValueAxis['domain'] = [min ?? low * one, max ?? high * one]
  const round = ticks(domain[0] / one, domain[1] / one, TICKS).map((tick) => tick * one)
  return toAxis('linear', domain, round, (value) => value)
}
