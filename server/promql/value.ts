// What PromQL answers. NaN and the infinities are values; absence is a missing point or series, never 0.
import type { Labels } from '../exposition/snapshot'

/** [milliseconds since the epoch, value] */
export type Point = [tMs: number, value: number]

export type Vector = { type: 'vector'; series: { labels: Labels; value: number }[] }
export type Matrix = { type: 'matrix'; series: { labels: Labels; points: Point[] }[] }
export type Scalar = { type: 'scalar'; value: number }
export type StringValue = { type: 'string'; value: string }

/** The answer to an instant query. `__name__` is a label here, where PromQL keeps it. */
export type Value = Vector | Matrix | Scalar | StringValue

/** The instants of a range query: startMs, startMs + stepMs, ... up to and including endMs. */
export type Range = { startMs: number; endMs: number; stepMs: number }
