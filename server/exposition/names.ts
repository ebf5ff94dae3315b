// The rules for names: which need quotes, and which samples a family of a given type may have.
import { escapeQuoted } from './escape'
import type { Family } from './snapshot'

/** A name of the classic character set stands without quotes; any other only Prometheus 3 can read, in quotes. */
export function isClassicMetricName(name: string): boolean {
  return /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name)
}

export function isClassicLabelName(name: string): boolean {
  return /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)
}

/** A metric's name as a metadata line has it, or a label's before its `=`. */
export function quoteUnless(isClassic: boolean, name: string): string {
  return isClassic ? name : `"${escapeQuoted(name)}"`
}

/** A family's name in OpenMetrics, where a counter is called `requests` and its samples `requests_total`. */
export function openMetricsName({ name, type }: Family): string {
  return type === 'counter' && name.endsWith('_total') ? name.slice(0, -'_total'.length) : name
}

/** The name of the samples that say when a series of this family began, or undefined for types without them. */
export function createdNameOf(family: Family): string | undefined {
  const { type } = family
  const counts = type === 'counter' || type === 'histogram' || type === 'summary'
  return counts ? `${openMetricsName(family)}_created` : undefined
}
