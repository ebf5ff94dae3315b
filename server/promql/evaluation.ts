// The input and output of the evaluators of functions, operators and aggregations.
import type { Labels } from '../exposition/snapshot'
import type { Selection } from '../storage/selection'
import type { Matcher, Series } from '../storage/series'
import type { Edges, Expr } from './ast'
import type { Budget } from './budget'
import type { Column, Steps, Values } from './columns'
import type { FlatVector } from './flat-vector'

/** Where samples come from. Series are found in small steps: see `Budget.finish`. */
export type SeriesSource = {
  /** The two times bound what is wanted; more may come. Each series may be read when it is asked for. */
  select(matchers: Matcher[], fromMs: number, toMs: number): Iterator<unknown, Iterable<Series>>
  /** The same series without their samples, where the source can tell single samples. */
  held?(matchers: Matcher[]): Iterator<unknown, Selection>
}

/** Prometheus 3's remarks on a query that has an answer all the same. */
export type Annotation = { level: 'warning' | 'info'; message: string; from: number; to: number }

/** The samples of one series in order of time, without staleness markers. */
export type SampleRun = { labels: Labels; timesMs: Float64Array; values: Float64Array }

/** For each step a window, open on the left: (endsMs[step] - rangeMs, endsMs[step]]. */
export type Windows = { endsMs: Float64Array; rangeMs: number; rangeSeconds: number }

/**
 * The runs can be gone through once: each is read when it is its turn. With `edges` they hold samples outside of the
 * windows too.
 */
export type RangeVector = { runs: Iterable<SampleRun>; windows: Windows; edges?: Edges | undefined }

/** The value of an expression at every step: never changed, since several may ask for it. */
export type Evaluated =
  | { readonly type: 'scalar'; readonly values: Values }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'vector'; readonly columns: readonly Column[] }
  | FlatVector

/** One query as evaluators see it: its steps, its limits, and the values of their arguments. */
export type Evaluation = {
  steps: Steps
  budget: Budget
  /** The whole query's first and last instant, also inside a subquery. */
  queryStartMs: number
  queryEndMs: number
  /** The width of its steps; 0 for an instant query. */
  queryStepMs: number
  lookbackMs: number
  source: SeriesSource
  evaluate(expr: Expr): Promise<Evaluated>
  vector(expr: Expr): Promise<readonly Column[]>
  scalar(expr: Expr): Promise<Values>
  rangeVector(expr: Expr): Promise<RangeVector>
  string(expr: Expr): string
  annotate(level: Annotation['level'], message: string, at: { from: number; to: number }): void
}
