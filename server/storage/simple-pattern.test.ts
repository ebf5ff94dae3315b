import fc from 'fast-check'
import { RE2JS } from 're2js'
import { describe, expect, it } from 'vitest'
import { parseSimple } from './simple-pattern'

describe('parseSimple', () => {
  it.each([
    ['a text', 'GET', ['GET']],
    ['nothing', '', ['']],
    ['alternatives', 'GET|POST', ['GET', 'POST']],
    ['alternatives of which one is empty', 'a|', ['a', '']],
    ['escaped characters', 'a\\.b|\\(file\\)|c\\|d', ['a.b', '(file)', 'c|d']],
    ['a group', '(a|b)', ['a', 'b']],
    ['groups in groups', '(?:a|(b|c))|d', ['a', 'b', 'c', 'd']],
    ['a text before a group', 'foo(bar|baz)', ['foobar', 'foobaz']],
    ['texts around groups', 'a(b|c)d(e|f)', ['abde', 'abdf', 'acde', 'acdf']],
    ['a class', '[ab]c', ['ac', 'bc']],
    ['a class with a range', '[a-c\\]]', ['a', 'b', 'c', ']']],
    ['what may be there', 'https?|(ftp)?', ['http', 'https', '', 'ftp']],
    ['anchors of its own', '^a$|^b', ['a', 'b']],
    ['characters beyond 16 bits', '[🔥🌊]x', ['🔥x', '🌊x']],
    ['brackets and braces that are closed only', 'a]}', ['a]}']],
  ])('lists %s: /%s/', (_, source, literals) => {
    expect([...(parseSimple(source)?.literals ?? [])].sort()).toEqual(literals.sort())
  })

  it.each([
    ['starts with a text', 'api/.*', ['api/', 'api/x'], ['api', 'xapi/']],
    ['ends with a text', '.*_total', ['_total', 'a_total'], ['_totals', 'total']],
    ['holds a text', '.*err.*', ['err', 'an error'], ['er', '']],
    ['starts with something', '.+b', ['ab', 'bb'], ['b', '']],
    ['ends with something', 'a.+', ['aa'], ['a']],
    ['has something in between', 'ab.+ba', ['ab-ba', 'abbba'], ['aba', 'abba']],
    ['does not count a text twice', 'ab.*ba', ['abba', 'ab-ba'], ['aba', 'ab']],
    ['holds texts in their order', '.*a.+b.*', ['a-b', 'ab-b', 'xa🔥by'], ['ab', 'ba-']],
    ['is one of several', 'api/.*|.*(css|js)|health', ['api/1', 'a.css', 'b.js', 'health'], ['healthy', 'css/']],
    ['is anything', '(.*)', ['', '\n', 'a'], []],
    ['is anything after all', '.*.+.*', ['a', '\n'], ['']],
    ['is lazy', '^a.*?b$', ['ab', 'acb'], ['a', 'abc']],
  ])('knows what %s: /%s/', (_, source, matching, others) => {
    const { literals, test } = parseSimple(source) ?? {}
    expect(literals).toBeUndefined()
    expect(matching.filter((value) => !test?.(value))).toEqual([])
    expect(others.filter((value) => test?.(value))).toEqual([])
  })

  it.each([
    ['flags', '(?i)get'],
    ['a dot of its own', '5..'],
    ['other repetitions', 'a+|b{2}'],
    ['classes of what is not there', '[^a]'],
    ['classes with names', '\\d|[[:alpha:]]'],
    ['a large class', '[一-龥]'],
    ['a gap of two characters', '.+.+'],
    ['anchors in between', 'a(^b)'],
    ['a product that is too long to be written out', '[a-z]'.repeat(4)],
    ['half a character', '\ud83d|a'],
    ['what is malformed', '(a'],
    ['a repetition of nothing', '*a'],
    ['a repetition of a repetition', 'a**'],
    ['groups that are nested too deep', `${'('.repeat(60)}a${')'.repeat(60)}`],
  ])('leaves %s to the engine', (_, source) => {
    expect(parseSimple(source)).toBeUndefined()
  })

  it('agrees with RE2', () => {
    const piece = fc.constantFrom(
      ...[
        'a',
        'b',
        'ab',
        '|',
        '(',
        ')',
        '(?:',
        '.*',
        '.+',
        '.',
        '?',
        '*',
        '+',
        '{2}',
        '[ab]',
        '[a-c]',
        '[^a]',
        '[',
        ']',
      ],
      ...[
        '\\.',
        '\\|',
        '^',
        '$',
        '🔥',
        '\\d',
        '.*?',
        '(a|b)',
        '[🔥a]',
        '[a-🔥]',
        '[[:alpha:]]',
        '\\Q',
        '\\E',
        '\ud83d',
      ],
    )
    const unit = fc.constantFrom('a', 'b', 'c', '.', '|', ']', '🔥', '\ud83d', '\udd25', '\n')
    const values = fc.array(fc.string({ unit, maxLength: 6 }), { minLength: 10, maxLength: 10 })
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), values, (pieces, values) => {
        const source = pieces.join('')
        const simple = parseSimple(source)
        if (simple === undefined) return
        const engine = RE2JS.compile(source, RE2JS.DOTALL)
        for (const value of [...values, ...(simple.literals ?? [])]) {
          expect([source, value, simple.test(value)]).toEqual([source, value, engine.testExact(value)])
        }
      }),
      { numRuns: 5_000 },
    )
  })
})
