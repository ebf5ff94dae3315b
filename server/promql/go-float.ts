// Numbers as Go writes them, where that differs from JavaScript.

/** Go's %f with as many digits as it takes: never an exponent. */
export function formatPlain(value: number): string {
  const text = formatSpecial(value) ?? String(value)
  const [, sign = '', whole = '', fraction = '', exponent] = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? []
  if (exponent === undefined) return text
  const point = whole.length + Number(exponent)
  const digits = whole + fraction
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  const padded = digits.padEnd(point, '0')
  return `${sign}${padded.slice(0, point)}${padded.length > point ? `.${padded.slice(point)}` : ''}`
}

/** The value of a sample in the JSON of Prometheus's HTTP API: shortest digits; an exponent has two digits at least. */
export function formatSampleValue(value: number): string {
  const special = formatSpecial(value)
  if (special !== undefined) return special
  const text = String(value)
  // The shortest text with an exponent below ten is 1e-7.
  return Math.abs(value) < 1e-6 && text.at(-2) === '-' ? `${text.slice(0, -1)}0${text.at(-1)}` : text
}

function formatSpecial(value: number): string | undefined {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  if (Number.isFinite(value)) return undefined
  if (Number.isNaN(value)) return 'NaN'
  return value > 0 ? '+Inf' : '-Inf'
}
