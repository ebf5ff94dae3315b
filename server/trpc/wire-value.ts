// JSON has no NaN, no infinities and no -0, so those travel as strings, spelled as Prometheus spells them.

export type WireValue = number | 'NaN' | '+Inf' | '-Inf' | '-0'

export function toWire(value: number): WireValue {
  if (Number.isNaN(value)) return 'NaN'
  if (value === Number.POSITIVE_INFINITY) return '+Inf'
  if (value === Number.NEGATIVE_INFINITY) return '-Inf'
  return Object.is(value, -0) ? '-0' : value
}
