// Units, which a metric's name says by how it ends.

/** The base units of OpenMetrics ("Units and Base Units"). */
const BASE_UNITS = ['seconds', 'bytes', 'ratio', 'celsius', 'meters', 'grams', 'joules', 'volts', 'amperes']

/** The unit of the metric that is called so in OpenMetrics, where a counter has no `_total`; '' where it names none. */
export function unitOf(openMetricsName: string): string {
  return BASE_UNITS.find((unit) => openMetricsName.endsWith(`_${unit}`)) ?? ''
}
