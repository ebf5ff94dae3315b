// A matrix for the browser: the same shape, its numbers as WireValue.
import type { Labels } from '../exposition/snapshot'
import type { Matrix } from '../promql/value'
import type { WireValue } from './wire-value'
import { toWire } from './wire-value'

/** `points` are pairs of milliseconds since the epoch and a value. */
export type WireSeries = { labels: Labels; points: (readonly [tMs: number, value: WireValue])[] }

/** In steps, for Turns.finish. Points that JSON can say as they are stay the ones that they were. */
export function* wireSeries({ series }: Matrix): Generator<undefined, WireSeries[]> {
  const wire: WireSeries[] = []
  for (const { labels, points } of series) {
    const isPlain = points.every(([, value]) => toWire(value) === value)
    wire.push({ labels, points: isPlain ? points : points.map(([tMs, value]) => [tMs, toWire(value)] as const) })
    yield
  }
  return wire
}
