// Numbers as expositions write them.

/** A value as Go's ParseFloat reads it back to the same float: shortest digits, NaN, +Inf, -Inf, and -0 kept. */
export function formatFloat(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  if (Number.isFinite(value)) return String(value)
  if (Number.isNaN(value)) return 'NaN'
  return value > 0 ? '+Inf' : '-Inf'
}

/**
 * A number as the label values of `le` and `quantile` must have it (OpenMetrics, "Canonical Numbers"): Go's %g with
 * `.0` where neither point nor exponent shows that it is a float. Prometheus 3 rewrites them so when it scrapes.
 */
export function formatCanonical(value: number): string {
  if (value === 0) return '0.0'
  if (!Number.isFinite(value)) return formatFloat(value)
  const size = Math.abs(value)
  if (size < 1e-4 || size >= 1e6) return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2')
  return Number.isInteger(value) ? `${value}.0` : String(value)
}
