// How many digits a number deserves: about three that mean something, never an exponent, always the same width for
// the same magnitude, so that a live number doesn't dance.

/** What stands where there is no number: no traffic, no data, 0/0. */
export const NO_VALUE = '–'

const plain = [0, 1, 2, 3].map(
  (decimals) => new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
)

const large = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 })

/** 7654321 is `7.65M`, 12345 is `12,345`, 72.44 is `72.4`, 0.9412 is `0.94`, 0.0312 is `0.031`; NaN and null are a dash. */
export function toDigits(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return NO_VALUE
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞'
  const decimals = decimalsOf(Math.abs(value))
  const rounded = Math.abs(Number(value.toFixed(decimals)))
  // 99.96 with one decimal would be 100.0: the rounded number decides.
  const text =
    rounded >= 1e6
      ? large.format(rounded)
      : ((plain[Math.min(decimals, decimalsOf(rounded))] ?? plain[0])?.format(rounded) ?? NO_VALUE)
  if (rounded === 0) return value === 0 ? '0' : `<${value < 0 ? '−' : ''}0.001`
  return value < 0 ? `−${text}` : text
}

/** 1284 is `1,284`: for what is counted, to the last one. Fractions, which `increase` makes, are rounded. */
export function toCount(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return toDigits(value)
  return plain[0]?.format(Math.round(value)) ?? NO_VALUE
}

function decimalsOf(magnitude: number): number {
  if (magnitude === 0 || magnitude >= 100) return 0
  if (magnitude >= 1) return 1
  return magnitude >= 0.1 ? 2 : 3
}
