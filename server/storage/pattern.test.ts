import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compilePattern } from './pattern'

describe('compilePattern', () => {
  it.each([
    ['a literal matches itself', 'GET', 'GET', true],
    ['a literal is anchored at its start', 'GET', 'XGET', false],
    ['a literal is anchored at its end', 'GET', 'GETX', false],
    ['nothing matches nothing', '', '', true],
    ['nothing matches nothing else', '', 'a', false],
    ['one of the alternatives is enough', 'GET|POST', 'POST', true],
    ['the alternatives are anchored too', 'GET|POST', 'POSTED', false],
    ['an alternative may be empty', 'GET|', '', true],
    ['alternatives may stand in parentheses', '(GET|POST)', 'GET', true],
    ['parentheses are not part of the literal', '(GET)', '(GET)', false],
    ['escaped characters stand for themselves', '/users/\\[id\\]|\\(file\\)', '/users/[id]', true],
    ['an escaped bar is no alternative', 'a\\|b', 'a|b', true],
    ['an escaped backslash does not escape the bar', 'a\\\\|b', 'b', true],
    ['letters after a backslash are classes', '\\d', '5', true],
    ['two groups are not one', '(a)|(b)', 'b', true],
    ['anything matches nothing', '.*', '', true],
    ['something does not match nothing', '.+', '', false],
    ['something matches a space', '.+', ' ', true],
    ['the dot matches a line break', 'a.b', 'a\nb', true],
    ['anything matches line breaks', '.*', 'a\nb', true],
    ['the longest alternative is found', 'a|ab', 'ab', true],
    ['a class', '[45]..', '503', true],
    ['anchors of its own change nothing', '^a$', 'a', true],
    ['flags', '(?i)get', 'GET', true],
    ['flags hold for alternatives', '(?i)get|post', 'POST', true],
    ['a character beyond 16 bits is one character', '.', '🔥', true],
  ])('%s: /%s/ on %j', (_, source, value, expected) => {
    expect(compilePattern(source).test(value)).toBe(expected)
    expect(compilePattern(source).test(value)).toBe(expected)
  })

  it.each([
    ['(a', 'error parsing regexp: missing closing ): `(a`'],
    ['a)(b', 'error parsing regexp: unexpected ): `a)(b`'],
    ['(a\\)', 'error parsing regexp: missing closing ): `(a\\)`'],
    ['a**', 'error parsing regexp: invalid nested repetition operator: `**`'],
    ['(?<=a)b', 'error parsing regexp: invalid named capture: `(?<=a)b`'],
    ['\\q', 'error parsing regexp: invalid escape sequence: `\\q`'],
  ])('refuses /%s/ as RE2 does', (source, message) => {
    expect(() => compilePattern(source)).toThrow(message)
    expect(() => compilePattern(source)).toThrow(message)
  })

  it('compiles once', () => {
    expect(compilePattern('a.*b')).toBe(compilePattern('a.*b'))
  })

  it('lists the literals of a list', () => {
    expect(compilePattern('GET|POST').literals).toEqual(new Set(['GET', 'POST']))
    expect(compilePattern('(a\\.b|)').literals).toEqual(new Set(['a.b', '']))
    expect(compilePattern('GET|P.*').literals).toBeUndefined()
  })

  it('stays right when more patterns and values come than it remembers', () => {
    for (let i = 0; i < 1200; i++) expect(compilePattern(`${i}.*`).test(`${i}x`)).toBe(true)
    for (let i = 0; i < 1200; i++) expect(compilePattern('[0-9]*5').test(`${i}`)).toBe(i % 10 === 5)
    for (let i = 0; i < 1200; i++) expect(compilePattern('[0-9]*5').test(`${i}`)).toBe(i % 10 === 5)
  })

  it('forgets those that were looked for least recently where they take many bytes', () => {
    const large = (name: string) => `${name}[ab]`.repeat(180)
    const [first, kept] = [compilePattern(large('first')), compilePattern('kept.')]
    for (let i = 0; i < 50; i++) {
      compilePattern(large(`${i}`))
      expect(compilePattern('kept.')).toBe(kept)
    }
    expect(compilePattern(large('first'))).not.toBe(first)
    expect(first.test('first')).toBe(false)
  })

  it('counts the values that are remembered among these bytes', () => {
    const first = compilePattern('first.')
    for (let i = 0; i < 50; i++) {
      const pattern = compilePattern(`${i}\\w*`)
      for (let j = 0; j < 1000; j++) pattern.test(`${i}${'x'.repeat(200)}${j}`)
    }
    expect(compilePattern('first.')).not.toBe(first)
  })

  it('refuses a value that it would take too long to try, whether an engine runs or not', () => {
    const refusal = /^a regular expression would take more than 250000 steps to try a label value of \d+ characters$/
    expect(() => compilePattern('[a-f]{900}.*').test('a'.repeat(1000))).toThrow(refusal)
    const texts = Array.from({ length: 2000 }, (_, i) => `.*text ${i}.*`).join('|')
    expect(compilePattern(texts).test(`a text 1999 ${'a'.repeat(100)}`)).toBe(true)
    expect(() => compilePattern(texts).test('a'.repeat(10_000))).toThrow(refusal)
    expect(compilePattern('a|b.*').test('b'.repeat(1_000_000))).toBe(true)
  })

  it('ends on what makes a backtracking engine hang', () => {
    expect(compilePattern('(a+)+b|(a|a)*c').test('a'.repeat(10_000))).toBe(false)
  })

  it('agrees with an anchored RegExp where both languages mean the same', () => {
    const piece = fc.constantFrom('a', 'b', '|', '\\.', '.', 'a*', '(a|b)', '[ab]', 'b?', '\\|', '(ab)+', '\\\\')
    const value = fc.string({ unit: fc.constantFrom('a', 'b', '.', '|', '\\'), maxLength: 5 })
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5 }), value, (pieces, value) => {
        const source = pieces.join('')
        expect(compilePattern(source).test(value)).toBe(new RegExp(`^(?:${source})$`, 's').test(value))
      }),
      { numRuns: 2000 },
    )
  })
})
