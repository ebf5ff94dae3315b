// OpenMetrics writes timestamps in seconds, everything here counts milliseconds. Both directions only move the decimal
// point in the text, so that no rounding happens on the way and a timestamp comes back as it went.

/** Milliseconds as seconds: 1520879607789 becomes `1520879607.789`. `timestampMs` must be finite. */
export function formatSeconds(timestampMs: number): string {
  const text = String(Math.abs(timestampMs))
  const sign = timestampMs < 0 ? '-' : ''
  const exponentAt = text.indexOf('e')
  if (exponentAt !== -1) return `${sign}${text.slice(0, exponentAt)}e${Number(text.slice(exponentAt + 1)) - 3}`
  const pointAt = text.indexOf('.')
  const whole = (pointAt === -1 ? text : text.slice(0, pointAt)).padStart(4, '0')
  const fraction = pointAt === -1 ? '' : text.slice(pointAt + 1)
  const decimals = (whole.slice(-3) + fraction).replace(/0+$/, '')
  return decimals === '' ? sign + whole.slice(0, -3) : `${sign}${whole.slice(0, -3)}.${decimals}`
}

/** Seconds as milliseconds. `seconds` must be a decimal number, with or without exponent. */
export function parseSeconds(seconds: string): number {
  const exponentAt = seconds.search(/e/i)
  if (exponentAt === -1) return Number(`${seconds}e3`)
  return Number(`${seconds.slice(0, exponentAt)}e${Number(seconds.slice(exponentAt + 1)) + 3}`)
}

/** Whether two timestamps in seconds are the same number, beyond the precision of floats where they have no exponent. */
export function isSameTime(one: string, other: string): boolean {
  if (parseSeconds(one) !== parseSeconds(other)) return false
  return /e/i.test(one + other) || withoutNeedlessZeros(one) === withoutNeedlessZeros(other)
}

function withoutNeedlessZeros(seconds: string): string {
  const [whole = '', fraction = ''] = seconds.replace('+', '').split('.')
  return `${whole.replace(/^(-?)0+/, '$1')}.${fraction.replace(/0*$/, '')}`
}
