// Where a string ends, and what is wrong with its escapes.
import type { Cursor } from './cursor'

const escapes: Record<string, { digits: number; base: number; max: number }> = {
  x: { digits: 2, base: 16, max: 255 },
  u: { digits: 4, base: 16, max: 0x10ffff },
  U: { digits: 8, base: 16, max: 0x10ffff },
}
const octal = { digits: 3, base: 8, max: 255 }

/** What means nothing else in any string. */
const plain = /[^\\"'`\n]*/y

/** Takes a string, whose opening quote has been taken. Gives Prometheus's message where it is none. */
export function lexString(cursor: Cursor, quote: string): string | undefined {
  for (;;) {
    cursor.acceptPattern(plain)
    const character = cursor.next()
    if (character === quote) return undefined
    if (quote === '`') {
      if (character === '') return 'unterminated raw string'
    } else if (character === '\\') {
      const wrong = lexEscape(cursor, quote)
      if (wrong !== undefined) return wrong
    } else if (character === '' || character === '\n') return 'unterminated quoted string'
  }
}

function lexEscape(cursor: Cursor, quote: string): string | undefined {
  const character = cursor.next()
  if (character === quote || (character !== '' && 'abfnrtv\\'.includes(character))) return undefined
  if (character === '') return 'escape sequence not terminated'
  const isOctal = /^[0-7]$/.test(character)
  const form = isOctal ? octal : escapes[character]
  if (!form) return `unknown escape sequence ${unicodeName(character)}`
  let value = isOctal ? Number(character) : 0
  for (let i = isOctal ? 1 : 0; i < form.digits; i++) {
    const digit = cursor.next()
    if (digit === '') return 'escape sequence not terminated'
    const worth = Number.parseInt(digit, form.base)
    if (Number.isNaN(worth)) return `illegal character ${unicodeName(digit)} in escape sequence`
    value = value * form.base + worth
  }
  const isInvalid = value > form.max || (value >= 0xd800 && value < 0xe000)
  return isInvalid ? 'escape sequence is an invalid Unicode code point' : undefined
}

/** Go's %#U. */
function unicodeName(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0
  const number = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`
  return /[\p{C}\p{Zl}\p{Zp}]/u.test(character) ? number : `${number} '${character}'`
}
