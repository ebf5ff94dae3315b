// Where a number or a duration ends, by the rules of Prometheus's lexer. Its value is computed later.
import type { Cursor } from './cursor'

const decimalDigits = '0123456789'
const hexadecimalDigits = '0123456789abcdefABCDEF'

/** Takes a number or a duration; undefined where there is neither, with the cursor behind what made it wrong. */
export function lexNumberOrDuration(cursor: Cursor): 'number' | 'duration' | undefined {
  if (lexNumber(cursor)) return 'number'
  return lexRestOfDuration(cursor) ? 'duration' : undefined
}

function lexNumber(cursor: Cursor): boolean {
  const isHexadecimal = cursor.accept('0') && cursor.accept('xX')
  if (isHexadecimal) cursor.accept('_')
  const digits = isHexadecimal ? hexadecimalDigits : decimalDigits
  cursor.accept('.')
  cursor.accept(digits)
  let hasDot = false
  let hasExponent = false
  while (cursor.peek() !== '' && `${digits}._eE`.includes(cursor.peek())) {
    if (cursor.accept('.')) {
      if (hasDot || cursor.accept('_.') || isHexadecimal) return false
      hasDot = true
    } else if (cursor.accept('eE')) {
      if (hasExponent) return false
      hasExponent = true
      cursor.accept('+-')
      if (cursor.accept('._eE') || cursor.peek() === '') return false
    } else if (cursor.accept('_')) {
      if (cursor.accept('._eE') || cursor.peek() === '') return false
    } else cursor.acceptRun(digits)
  }
  return !isAlphanumeric(cursor.peek())
}

/** A duration's first digits have been taken as a number. */
function lexRestOfDuration(cursor: Cursor): boolean {
  if (!cursor.accept('smhdwy')) return false
  cursor.accept('s')
  while (cursor.accept(decimalDigits)) {
    cursor.acceptRun(decimalDigits)
    if (!cursor.accept('smhdw')) return false
    cursor.accept('s')
  }
  if (!isAlphanumeric(cursor.peek())) return true
  cursor.next()
  return false
}

function isAlphanumeric(character: string): boolean {
  return /^\w$/.test(character)
}
