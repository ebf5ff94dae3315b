import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { atOnce } from '../slices'
import { readJson } from './read-json'

const read = (text: string) => atOnce(readJson(Buffer.from(text)))
const long = 'x'.repeat(40_000)

/** How often others could have had their turn. */
function stepsOf(text: string): number {
  const reading = readJson(Buffer.from(text))
  let steps = 0
  while (!reading.next().done) steps++
  return steps
}

describe('readJson', () => {
  it('gives what JSON.parse gives', () => {
    const document = fc.json({ maxDepth: 6 })
    const padding = fc.constantFrom('', ' ', '\n\t', ' '.repeat(40_000))
    fc.assert(
      fc.property(document, padding, (text, space) => {
        const value = JSON.parse(text)
        for (const written of [text, `${space}${text}${space}`, JSON.stringify(value, null, 9)]) {
          expect(read(written)).toEqual(value)
        }
      }),
    )
  })

  it.each([
    ['a text', long],
    ['a text of quotes', '"'.repeat(40_000)],
    ['a text of backslashes', '\\'.repeat(40_001)],
    ['a text that is not ASCII', 'ü😀'.repeat(20_000)],
    ['a list of numbers', Array.from({ length: 40_000 }, (_, i) => i)],
    ['a list of lists', Array.from({ length: 9_000 }, (_, i) => [i, { a: [`${i}`, null, true] }])],
    ['a list of long ones', [long, [long, []], { [long]: long }, '', {}, 1]],
    ['an object', Object.fromEntries(Array.from({ length: 9_000 }, (_, i) => [`key"${i}`, [i]]))],
    ['a key that is special', JSON.parse(`{"__proto__":{"a":"${long}"},"constructor":"${long}"}`)],
  ])('reads what is long: %s', (_, value) => {
    expect(read(JSON.stringify(value))).toEqual(value)
    expect(read(` ${JSON.stringify(value, null, 2)}\n`)).toEqual(value)
  })

  it('works in steps', () => {
    expect(stepsOf(JSON.stringify(Array.from({ length: 100 }, () => long)))).toBeGreaterThan(100)
    expect(stepsOf('[1,2]')).toBe(0)
  })

  it.each([
    ...['', '[', '[1,', '[1', '{"a"', '{"a":', '"a', '1 2', '[1]]', '{1:2}', '[,]', '01', 'nul'],
    ...['["LONG', '["LONG",', '["LONG",]', '{"a":"LONG",}', '{"LONG"}', '{"LONG" 1}', '{1:"LONG"}', '[LONG]'],
    ...['["LONG"}', '["LONG"] 1', '"LONG"1', '["LONG" "LONG"]', '"LONG\\"'],
  ])('refuses what is no JSON: %s', (text) => {
    expect(() => read(text.replaceAll('LONG', long))).toThrow(SyntaxError)
  })

  it('refuses long values that are nested deeply', () => {
    const nested = (levels: number) => `${'['.repeat(levels)}"${long}"${']'.repeat(levels)}`
    expect(JSON.stringify(read(nested(16)))).toBe(nested(16))
    expect(() => read(nested(17))).toThrow('expected at most 16 levels of long values, got more')
    expect(() => read('['.repeat(1_000_000))).toThrow(SyntaxError)
  })
})
