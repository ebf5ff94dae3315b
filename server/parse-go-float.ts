// Floats as Go reads them from text.

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
const hexadecimal = /^([+-]?)0x([\da-f]*)\.?([\da-f]*)p([+-]?\d+)$/i
const underscores = /^[+-]?(?:0x_?)?(?:[\da-f.p+-]|(?<=[\da-f])_(?=[\da-f]))+$/i
const special = /^([+-]?)(inf|infinity|nan)$/i

/** strconv.ParseFloat: undefined where `text` is no number, or one out of range. */
export function parseGoFloat(text: string): number | undefined {
  const [, sign, word] = special.exec(text) ?? []
  if (word !== undefined) {
    if (word.toLowerCase() === 'nan') return sign === '' ? Number.NaN : undefined
    return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  }
  if (text.includes('_') && !underscores.test(text)) return undefined
  const digits = text.replaceAll('_', '')
  const value = decimal.test(digits) ? Number(digits) : hexadecimalValue(digits)
  return value === undefined || Number.isFinite(value) ? value : undefined
}

function hexadecimalValue(text: string): number | undefined {
  const [, sign, whole = '', fraction = '', exponent] = hexadecimal.exec(text) ?? []
  if (exponent === undefined || whole + fraction === '') return undefined
  const mantissa = Number(`0x${whole}${fraction}`)
  return (sign === '-' ? -1 : 1) * mantissa * 2 ** (Number(exponent) - 4 * fraction.length)
}
