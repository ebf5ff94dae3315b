// Samples that can be told again from a series and an instant alone: for tests that compare what is back with what was
// written by a process that is gone.
import type { Labels } from '../../exposition/snapshot'

export const TICK_MS = 1000

/** Bits that look random: of any two numbers, always the same. */
function hash(a: number, b: number): number {
  let mixed = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
  return (mixed ^ (mixed >>> 13)) >>> 0
}

export function inventedLabels(series: number): Labels {
  return { __name__: `invented_${series % 7}`, series: `${series}`, note: 'x'.repeat(1 + (series % 50)) }
}

/** Buckets that stand still, counters, gauges that wander, and what else a value can be. */
export function inventedValue(series: number, tick: number): number {
  switch (series % 5) {
    case 0:
      return series
    case 1:
      return tick * series
    case 2:
      return hash(series, tick) / 2 ** 31
    case 3:
      return Math.floor(tick / 100) * 0.1
    default:
      return [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 1e-300][hash(series, tick) % 5] ?? 0
  }
}
