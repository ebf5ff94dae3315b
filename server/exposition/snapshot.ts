// What a registry or a scraped target says at one moment. `/metrics` renders it, storage appends it, tRPC sends it.

/** Label names to values. Never holds `__name__`. */
export type Labels = Readonly<Record<string, string>>

export const METRIC_TYPES = [
  'counter',
  'gauge',
  'histogram',
  'gaugehistogram',
  'summary',
  'info',
  'stateset',
  'unknown',
] as const

export type MetricType = (typeof METRIC_TYPES)[number]

/** A measurement shown as an example of a sample, usually with a trace id. */
export type Exemplar = { labels: Labels; value: number; timestampMs?: number }

/** One line of an exposition. `name` is the full one: `latency_seconds_bucket`, with its `le` among the labels. */
export type Sample = { name: string; labels: Labels; value: number; timestampMs?: number; exemplar?: Exemplar }

/** A metric with all its samples. A counter's family has the name of its samples (`requests_total`) in every format. */
export type Family = { name: string; type: MetricType; help: string; unit: string; samples: Sample[] }

export type Snapshot = { takenAtMs: number; families: Family[] }
