// Which metrics the reader looks for, and which one at. It lives in the URL beside the view (view.ts), so that a link shows the
// same.
import type { MetricType } from '@/server/exposition/snapshot'

export type MetricsView = {
  /** Words that a metric's name or help has; '' for every metric. */
  search: string
  type: MetricType | undefined
  /** A label that it has. */
  label: string | undefined
  /** The metric whose page is open. */
  metric: string | undefined
  /** The label by which its page splits it. */
  by: string | undefined
}

export const METRIC_TYPES: readonly MetricType[] = [
  'counter',
  'gauge',
  'histogram',
  'gaugehistogram',
  'summary',
  'info',
  'stateset',
  'unknown',
]

const OURS = ['q', 'type', 'label', 'metric', 'by']
/** Of a name; longer ones are in no link of ours. */
const LONGEST_NAME = 500

/** Reads a URL's query. What is missing or makes no sense is the default. */
export function parseMetricsView(query: URLSearchParams): MetricsView {
  const name = (key: string) => query.get(key)?.slice(0, LONGEST_NAME) || undefined
  return {
    search: name('q') ?? '',
    type: METRIC_TYPES.find((type) => type === query.get('type')),
    label: name('label'),
    metric: name('metric'),
    by: name('by'),
  }
}

/** The query with another choice in it, with its `?`; what `search` has of others is kept. Defaults are left out. */
export function toMetricsQuery({ search: words, type, label, metric, by }: MetricsView, search: string): string {
  const query = new URLSearchParams(search)
  const values = [words, type, label, metric, metric && by]
  for (const [i, key] of OURS.entries()) {
    const value = values[i]
    if (value === undefined || value === '') query.delete(key)
    else query.set(key, value)
  }
  return query.size === 0 ? '' : `?${query}`
}
