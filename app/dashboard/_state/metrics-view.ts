// Which metrics the reader looks for, and which one at. It lives in the URL beside the view (view.ts), so that a link shows the
// same.
export type MetricsView = {
  /** Words that a metric's name or help has; '' for every metric. */
  search: string
  /** As the server calls it. Whether there is such a type is not known here. */
  type: string | undefined
  /** A label that it has. */
  label: string | undefined
  /** Whose metrics: EVERY_TARGET, or a job, all of whose targets are meant; undefined for the target that the page is about. */
  of: string | undefined
  /** The metric whose page is open. */
  metric: string | undefined
  /** The label by which its page splits it. */
  by: string | undefined
}

const OURS = ['q', 'type', 'label', 'of', 'metric', 'by']
/** Of a name; longer ones are in no link of ours. */
const LONGEST_NAME = 500

/** Reads a URL's query. What is missing or makes no sense is the default. */
export function parseMetricsView(query: URLSearchParams): MetricsView {
  const name = (key: string) => query.get(key)?.slice(0, LONGEST_NAME) || undefined
  return {
    search: name('q') ?? '',
    type: name('type'),
    label: name('label'),
    of: name('of'),
    metric: name('metric'),
    by: name('by'),
  }
}

/** The query with another choice in it, with its `?`; what `search` has of others is kept. Defaults are left out. */
export function toMetricsQuery({ search: words, type, label, of, metric, by }: MetricsView, search: string): string {
  const query = new URLSearchParams(search)
  const values = [words, type, label, of, metric, metric && by]
  for (const [i, key] of OURS.entries()) {
    const value = values[i]
    if (value === undefined || value === '') query.delete(key)
    else query.set(key, value)
  }
  return query.size === 0 ? '' : `?${query}`
}
