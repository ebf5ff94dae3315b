// Reads values and timestamps out of the middle of a text.

/** Ten to the power of the index, as far as a float holds it exactly and a short number needs it. */
const POWERS_OF_TEN = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15] as const

/**
 * The float in `text` from `start` to `end`, or undefined where there is none. Both formats allow the same: what Go's
 * ParseFloat reads without hexadecimals and underscores, that is decimals with or without exponent, and NaN, Inf and
 * Infinity in any case. A number out of the range of floats is none.
 */
export function parseFloatIn(text: string, start: number, end: number): number | undefined {
  if (end - start > 15) return parseFloatOf(text.slice(start, end))
  // Up to 15 digits fit into a float exactly, and so does the power of ten: one division rounds correctly.
  let digits = 0
  let pointAt = -1
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index)
    if (code >= 0x30 && code <= 0x39) digits = digits * 10 + code - 0x30
    else if (code === 0x2e && pointAt === -1 && end - start > 1) pointAt = index
    else return parseFloatOf(text.slice(start, end))
  }
  if (start === end) return undefined
  return pointAt === -1 ? digits : digits / (POWERS_OF_TEN[end - pointAt - 1] ?? Number.NaN)
}

/** No two ways to match the same digits: the time stays linear in the length. */
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/

/** Whether this is a number with digits, with or without exponent. */
export function isDecimal(text: string): boolean {
  return DECIMAL.test(text)
}

function parseFloatOf(text: string): number | undefined {
  if (isDecimal(text)) return finiteOf(Number(text))
  if (/^nan$/i.test(text)) return Number.NaN
  if (!/^[+-]?inf(?:inity)?$/i.test(text)) return undefined
  return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

function finiteOf(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined
}

/** The 64-bit integer that `text` is, to the precision of a float, or undefined where it is none. */
export function parseInt64(text: string): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined
  const value = Number(text)
  if (Number.isSafeInteger(value)) return value
  if (Math.abs(value) > 2 ** 63) return undefined
  const exact = BigInt(text.replace('+', ''))
  return BigInt.asIntN(64, exact) === exact ? value : undefined
}
