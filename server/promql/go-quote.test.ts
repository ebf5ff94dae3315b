import { expect, test } from 'vitest'
import { quoteCharacter, quoteText } from './go-quote'

test.each([
  ['plain', '"plain"'],
  ['"it\'s" \\', String.raw`"\"it's\" \\"`],
  ['\n\t\x00\x7f', String.raw`"\n\t\x00\x7f"`],
  ['é 😀', '"é 😀"'],
  ['\u00a0\u2028', String.raw`"\u00a0\u2028"`],
])('%j is quoted as Go does', (text, quoted) => expect(quoteText(text)).toBe(quoted))

test('a character has single quotes', () => {
  expect(["'", '"', '\\'].map(quoteCharacter)).toEqual([String.raw`'\''`, `'"'`, String.raw`'\\'`])
})
