// `?name[]=`: a scraper may ask for some families only.
import { createdNameOf, openMetricsName } from '../names'
import type { Family, MetricType, Snapshot } from '../snapshot'

/** What the names of a family's samples may end in. */
const SUFFIXES: Partial<Record<MetricType, readonly string[]>> = {
  histogram: ['_bucket', '_sum', '_count'],
  gaugehistogram: ['_bucket', '_gsum', '_gcount'],
  summary: ['_sum', '_count'],
  info: ['_info'],
}

/**
 * The families that one of `names` is the name of, in either format, or the name of a sample in them: `requests_total`,
 * `requests`, `latency_seconds` and `latency_seconds_bucket` all find theirs. A family comes whole, since one without
 * some of its samples isn't valid OpenMetrics. Without names all come, and names that nothing has find nothing.
 */
export function selectFamilies(snapshot: Snapshot, names: readonly string[]): Snapshot {
  if (names.length === 0) return snapshot
  const wanted = new Set(names)
  return {
    ...snapshot,
    families: snapshot.families.filter((family) => namesOf(family).some((name) => wanted.has(name))),
  }
}

function namesOf(family: Family): string[] {
  const { name, type } = family
  const created = createdNameOf(family) ?? name
  return [name, openMetricsName(family), created, ...(SUFFIXES[type] ?? []).map((suffix) => name + suffix)]
}
