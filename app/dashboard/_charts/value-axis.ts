// The value axis: round ticks, few of them, and the same until the values outgrow it. The ticks are d3's.
import { nice, ticks } from 'd3-array'
import type { Unit } from '../_format/unit'
import { toAxisLabel } from '../_format/unit'

/** `toFraction` is 0 at the axis's bottom and 1 at its top; a value beyond an end stands at that end. */
export type ValueAxis = {
  kind: 'linear' | 'log'
  domain: [bottom: number, top: number]
  ticks: number[]
  toFraction(value: number): number
}

/** About as many, at 1, 2 or 5 times a power of ten. */
const TICKS = 4
const DECADE = [1, 2, 5]
/** A logarithmic axis shows each power of ten with its 2 and 5 up to this many ticks, and powers alone beyond. */
const MOST_LOG_TICKS = 7

/**
 * From 0 to a round number at or above `max`, and down to one at or below `min`. Without anything but 0 the top is 1. Numbers are
 * round where they are so many times `one`.
 */
export function toAxisFromZero(max: number, min = 0, one = 1): ValueAxis {
  return toLinearAxis(Math.min(0, min), max > 0 || min < 0 ? Math.max(0, max) : 1, one)
}

/** From a round number at or below `min` to one at or above `max`, in whole numbers: for a counter that is far above 0. */
export function toFittedAxis(min: number, max: number): ValueAxis {
  if (!(max >= min)) return toAxisFromZero(0)
  const bottom = Math.floor(min)
  return toLinearAxis(bottom, Math.max(max, bottom + TICKS))
}

/** Of values above 0, whose magnitudes differ: from a 1, 2 or 5 of a decade at or below `min` to one at or above `max`. */
export function toLogAxis(min: number, max: number): ValueAxis {
  if (!(min > 0 && max >= min && max < Number.POSITIVE_INFINITY)) return toAxisFromZero(0)
  const all: number[] = []
  // One decade below: the logarithm of 99.99999999999999 is rounded to 2.
  for (let power = Math.floor(Math.log10(min)) - 1; (all.at(-1) ?? 0) <= max; power++) {
    all.push(...DECADE.map((digit) => Number(`${digit}e${power}`)))
  }
  const from = Math.max(
    0,
    all.findLastIndex((tick) => tick <= min),
  )
  const to = Math.max(
    from + 1,
    all.findIndex((tick) => tick >= max),
  )
  const steps = all.slice(from, to + 1)
  const powers = steps.filter((tick) => Number.isInteger(Math.round(Math.log10(tick) * 1e9) / 1e9))
  const bottom = steps[0] ?? min
  const top = steps.at(-1) ?? max
  return toAxis('log', [bottom, top], steps.length <= MOST_LOG_TICKS ? steps : powers, Math.log)
}

/** Where the ticks stand and how they are written. */
export function toAxisTicks({ ticks, toFraction }: ValueAxis, unit: Unit): { at: number; label: string }[] {
  return ticks.map((tick) => ({ at: toFraction(tick), label: toAxisLabel(tick, unit) }))
}

function toLinearAxis(bottom: number, top: number, one = 1): ValueAxis {
  const [from, to] = nice(bottom / one, top / one, TICKS)
  const round = ticks(from, to, TICKS).map((tick) => tick * one)
  return toAxis('linear', [from * one, to * one], round, (value) => value)
}

export function toAxis(
  kind: ValueAxis['kind'],
  domain: ValueAxis['domain'],
  ticks: number[],
  transform: (value: number) => number,
): ValueAxis {
  const bottom = transform(domain[0])
  const top = transform(domain[1])
  const toFraction = (value: number) => Math.max(0, Math.min(1, (transform(value) - bottom) / (top - bottom)))
  // A logarithm of 0 or less is none.
  return { kind, domain, ticks, toFraction: (value) => (value <= domain[0] ? 0 : toFraction(value)) }
}
