import fc from 'fast-check'
import { RE2JS } from 're2js'
import { describe, expect, it } from 'vitest'
import { sizeOfRegexp } from './regexp-size'

describe('sizeOfRegexp', () => {
  it.each([
    ['a repetition', 'a{1000}', 1000],
    ['a repetition of a group', '(ab|cd){500}', 3000],
    ['repetitions in repetitions', '((a{10}){10}){10}', 1200],
    ['a repetition of up to so many', '(?:a{0,30}){0,30}', 1800],
    ['classes of Unicode', '\\pL\\P{Greek}', 150],
    ['a repeated class of Unicode', '[\\pL]{100}', 2500],
    ['cases of a wide range', '(?i)[\\x{100}-\\x{1ffff}]', 4000],
    ['alternatives', 'abc|'.repeat(100), 400],
    ['groups of nothing', '()'.repeat(100), 300],
    ['quoted text', `\\Q${'('.repeat(100)}\\E`, 100],
    ['what a class seems to hide', '[[:alpha:][](?:abc]){500}', 1500],
  ])('counts %s', (_, source, least) => {
    expect(sizeOfRegexp(source)).toBeGreaterThanOrEqual(least)
    expect(sizeOfRegexp(source)).toBeLessThan(2 * least)
  })

  it.each(['((a{100}){100}){100}', '(a{30}){40}', 'a{9999}', '\\pL{1001}'])(
    'counts no repetitions that RE2 refuses: /%s/',
    (source) => {
      expect(() => RE2JS.compile(source)).toThrow('invalid repeat count')
      expect(sizeOfRegexp(source)).toBeLessThan(100)
    },
  )

  it('is never less than what is compiled', () => {
    const piece = fc.constantFrom(
      ...[
        'a',
        'ab|',
        '|',
        '(',
        ')',
        '(?:',
        '(?P<n>',
        '(?i)',
        '(?i:',
        '.',
        '*',
        '+',
        '?',
        '{2}',
        '{0,3}',
        '{2,}',
        '{,2}',
      ],
      ...[
        '[ab]',
        '[^a]',
        '[',
        ']',
        '[]a]',
        '[a-',
        '[[:alpha:]]',
        '[[:',
        ':]',
        '\\d',
        '\\pL',
        '[\\pN]',
        '\\x{61}',
        '\\b',
      ],
      ...['\\Q', '\\E', '^', '$', '\\', '-', '🔥', '(a{3}|b)', '(|a)'],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
        const source = pieces.join('')
        const compiled = compiledSize(source)
        expect([source, sizeOfRegexp(source) >= compiled]).toEqual([source, true])
      }),
      { numRuns: 5_000 },
    )
  })
})

/** 0 where the expression is malformed. */
function compiledSize(source: string): number {
  try {
    return RE2JS.compile(source, RE2JS.DOTALL).programSize()
  } catch {
    return 0
  }
}
