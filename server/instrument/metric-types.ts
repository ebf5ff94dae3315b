// The metrics that an app can count with, typed by their label names: a wrong label is an error of the compiler.

/** Any labels at all: where it no longer matters which. */
export type Labels = Readonly<Record<string, string>>

export type LabelValues<Label extends string> = Readonly<Record<Label, string>>

/** A method whose first argument is the labels, and which has none where the metric has no labels. */
type Method<Label extends string, Rest extends unknown[]> = [Label] extends [never]
  ? (...rest: Rest) => void
  : (labels: LabelValues<Label>, ...rest: Rest) => void

/** Only rises. `by` is 1 unless given, and not negative. */
export type Counter<Label extends string = never> = { inc: Method<Label, [by?: number]> }

/** Rises and falls. */
export type Gauge<Label extends string = never> = {
  inc: Method<Label, [by?: number]>
  dec: Method<Label, [by?: number]>
  set: Method<Label, [value: number]>
}

/** Counts observations into buckets. `exemplar` are the labels of an example, such as a trace id. */
export type Histogram<Label extends string = never> = {
  observe: Method<Label, [value: number, exemplar?: Readonly<Record<string, string>>]>
}

/** Estimates quantiles of the observations of this process. A histogram can be summed over processes, this can't. */
export type Summary<Label extends string = never> = { observe: Method<Label, [value: number]> }
