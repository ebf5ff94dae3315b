import { parser as editorGrammar } from '@prometheus-io/lezer-promql'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ALL_FEATURES } from '../features'
import type { Expr } from './ast'
import { generatedExpressions } from './differential/generated-expressions'
import { parseExpr } from './parse'
import { PromqlError } from './promql-error'

/** An expression with all its parentheses. */
function shape(expr: Expr): string {
  switch (expr.kind) {
    case 'number':
    case 'string':
      return String(expr.value)
    case 'paren':
      return shape(expr.expr)
    case 'unary':
      return `(${expr.op}${shape(expr.expr)})`
    case 'binary':
      return `(${shape(expr.lhs)} ${expr.op} ${shape(expr.rhs)})`
    case 'vectorSelector':
      return (
        expr.name +
        (expr.offsetMs === 0 ? '' : ` offset ${expr.offsetMs}`) +
        (expr.at === undefined ? '' : ` @ ${expr.at}`)
      )
    case 'matrixSelector':
      return `${shape(expr.selector)}[${expr.rangeNs / 1e6}]`
    case 'subquery':
      return `${shape(expr.expr)}[${expr.rangeNs / 1e6}:${expr.stepMs ?? ''}]`
    case 'call':
      return `${expr.name}(${expr.args.map(shape).join(', ')})`
    case 'aggregate':
      return `${expr.op}(${shape(expr.expr)})`
  }
}

describe('what binds tighter', () => {
  test.each([
    ['a + b * c ^ d', '(a + (b * (c ^ d)))'],
    ['a ^ b ^ c', '(a ^ (b ^ c))'],
    ['a - b - c', '((a - b) - c)'],
    ['-a ^ b', '(-(a ^ b))'],
    ['-1 ^ 2', '(-(1 ^ 2))'],
    ['-a * b', '((-a) * b)'],
    ['2 ^ -1 * 3', '((2 ^ -1) * 3)'],
    ['a or b and c unless d == e', '(a or ((b and c) unless (d == e)))'],
    ['a > b + 1 or c', '((a > (b + 1)) or c)'],
    ['a - a offset 5m', '(a - a offset 300000)'],
    ['-a @ 5', '(-a @ 5000)'],
    ['a + b offset 1m * c', '(a + (b offset 60000 * c))'],
    ['SUM(a) AND b OFFSET 1s', '(sum(a) and b offset 1000)'],
    ['rate(a[5m] @ end() offset -1m)', 'rate(a offset -60000 @ end[300000])'],
    ['avg_over_time(sum(a)[1h:] )', 'avg_over_time(sum(a)[3600000:])'],
    ['a # the rest\n + b', '(a + b)'],
  ])('%s', (text, expected) => expect(shape(parseExpr(text))).toBe(expected))
})

describe('numbers and durations', () => {
  test.each([
    ['1_000.5', 1000.5],
    ['0x_1F', 31],
    ['017', 15],
    ['018', 18],
    ['.5', 0.5],
    ['5.', 5],
    ['1e-3', 0.001],
    ['+Inf', Number.POSITIVE_INFINITY],
    ['-inf', Number.NEGATIVE_INFINITY],
    ['NaN', Number.NaN],
    ['1h30m', 5400],
    ['54s321ms', 54.321],
    ['-2h', -7200],
    ['1y1w1d', 31_536_000 + 604_800 + 86_400],
  ])('%s', (text, value) => expect(parseExpr(text)).toMatchObject({ kind: 'number', value }))

  test.each([
    ['a[90]', 90_000],
    ['a[1.5]', 1500],
  ])('%s', (text, rangeMs) => expect(parseExpr(text)).toMatchObject({ rangeNs: rangeMs * 1e6 }))
})

describe('strings', () => {
  test.each([
    [String.raw`"a\n\"\\\u00e9\x41\101"`, 'a\n"\\éAA'],
    [String.raw`'it\'s "x"'`, `it's "x"`],
    ['`\\n\n"`', '\\n\n"'],
    [String.raw`"\xc3\xa9"`, 'é'],
  ])('%s', (text, value) => expect(parseExpr(text)).toMatchObject({ kind: 'string', value }))
})

test('a selector has all its matchers, the name before the braces last', () => {
  expect(parseExpr('a{b="1", c!="2", d=~"3", e!~"4", "f g"="5",}')).toMatchObject({
    name: 'a',
    matchers: [
      { name: 'b', op: '=', value: '1' },
      { name: 'c', op: '!=', value: '2' },
      { name: 'd', op: '=~', value: '3' },
      { name: 'e', op: '!~', value: '4' },
      { name: 'f g', op: '=', value: '5' },
      { name: '__name__', op: '=', value: 'a' },
    ],
  })
  expect(parseExpr('{"a.b"}')).toMatchObject({ name: '', matchers: [{ name: '__name__', op: '=', value: 'a.b' }] })
})

describe('an error has the words and the place of Prometheus', () => {
  test.each([
    ['', 'unknown position: parse error: no expression found in input'],
    ['# nothing', '1:1: parse error: no expression found in input'],
    ['sum(', '1:5: parse error: unclosed left parenthesis'],
    ['a)', "1:3: parse error: unexpected right parenthesis ')'"],
    ['a{b="c"', '1:8: parse error: unexpected end of input inside braces'],
    ['a{b=c}', '1:5: parse error: unexpected identifier "c" in label matching, expected string'],
    ['a[]', '1:3: parse error: unexpected "]" in subquery selector, expected number or duration'],
    ['sum(a b)', '1:7: parse error: unexpected identifier "b" in aggregation'],
    ['sum by a (b)', '1:8: parse error: unexpected identifier "a" in grouping opts, expected "("'],
    ['a offset', '1:9: parse error: unexpected end of input in offset, expected number or duration'],
    ['1.2.3', '1:1: parse error: bad number or duration syntax: "1.2."'],
    ['5m5m', '1:1: parse error: not a valid duration string: "5m5m"'],
    ['"a', '1:1: parse error: unterminated quoted string'],
    ['nothing(a)', '1:1: parse error: unknown function with name "nothing"'],
    ['rate(a)', '1:6: parse error: expected type range vector in call to function "rate", got instant vector'],
    ['rate(a[5m], 1)', '1:1: parse error: expected 1 argument(s) in call to "rate", got 2'],
    ['1 > 2', '1:3: parse error: comparisons between scalars must use BOOL modifier'],
    ['a + bool b', '1:3: parse error: bool modifier can only be used on comparison operators'],
    ['a and 1', '1:1: parse error: set operator "and" not allowed in binary scalar expression'],
    ['a or on(b) group_left c', '1:1: parse error: no grouping allowed for "or" operation'],
    ['a + on(b) 1', '1:1: parse error: vector matching only allowed between instant vectors'],
    ['a + on(b) group_left(b) c', '1:3: parse error: label "b" must not occur in ON and GROUP clause at once'],
    ['{}', '1:1: parse error: vector selector must contain at least one non-empty matcher'],
    ['{a=~".*"}', '1:1: parse error: vector selector must contain at least one non-empty matcher'],
    ['a{__name__="b"}', '1:1: parse error: metric name must not be set twice: "a" or "b"'],
    ['a{b=~"("}', '1:3: parse error: error parsing regexp: missing closing ): `(`'],
    [
      '(a) offset 5m',
      '1:1: parse error: offset modifier must be preceded by an instant vector selector or range vector selector or a subquery',
    ],
    ['sum(a)[5m]', '1:7: parse error: ranges only allowed for vector selectors'],
    ['topk(a)', '1:1: parse error: wrong number of arguments for aggregate expression provided, expected 2, got 1'],
    ['a\n +\n "x"', '3:2: parse error: binary expression must contain only scalar and instant vector types'],
    ['"ü" + a', '1:1: parse error: binary expression must contain only scalar and instant vector types'],
    ['a + "ü" + é', "1:12: parse error: unexpected character: 'é'"],
  ])('%s', (text, message) => {
    expect(() => parseExpr(text)).toThrow(expect.objectContaining({ message }))
  })

  test('whose offsets count characters, not bytes', () => {
    const text = '{"ü"} + rate(a)'
    expect(() => parseExpr(text)).toThrow(expect.objectContaining({ from: 13, to: 14, kind: 'parse' }))
  })
})

test('what is nested too deeply is refused, and not a crash', () => {
  for (const text of ['('.repeat(5000), `${'-'.repeat(5000)}a`, `a${' ^ a'.repeat(5000)}`, `a${' + a'.repeat(5000)}`]) {
    expect(() => parseExpr(text)).toThrow(/nested more than 500 levels|unclosed|more than 1000 selectors/)
  }
})

test('what is very long is refused before it is read', () => {
  expect(() => parseExpr(`up{a="${'x'.repeat(70_000)}"}`)).toThrow(
    '1:1: parse error: expression is longer than 65536 characters',
  )
  expect(() => parseExpr(`sum by (${'a,'.repeat(6_000)}a) (b)`)).toThrow(
    'parse error: expression has more than 10000 tokens',
  )
})

describe('what would take long to evaluate is refused', () => {
  test('where there are many selectors', () => {
    const selectors = (count: number) =>
      `label_join(a, "b", "")${' or on() (a or a or a or a)'.repeat((count - 1) / 4)}`
    expect(() => parseExpr(selectors(997))).not.toThrow()
    expect(() => parseExpr(selectors(1001))).toThrow('parse error: expression has more than 1000 selectors')
  })

  test('where regular expressions are large together, each counted once', () => {
    const large = (i: number) => `{a=~"x${i}[0-9]{700}"}`
    expect(() => parseExpr(`${large(1)} + ${large(2)} + ${large(1)} + ${large(1)}`)).not.toThrow()
    expect(() => parseExpr(`${large(1)} + ${large(2)} + ${large(3)}`)).toThrow(
      '1:46: parse error: error parsing regexp: expression too large: with those before it, it takes more than 2000 instructions',
    )
    expect(() => parseExpr('{a=~"(ab|cd){1000}"}')).toThrow(
      '1:2: parse error: error parsing regexp: expression too large: it takes more than 2000 instructions',
    )
  })

  test('but for alternatives of texts, however many', () => {
    const texts = Array.from({ length: 3000 }, (_, i) => `/path/${i}`).join('|')
    expect(() => parseExpr(`{a=~"${texts}", b!~"api/(${texts.slice(0, 20_000)}x)"}`)).not.toThrow()
  })
})

test('anything is an expression or a PromqlError with a place in it', () => {
  const words = [
    'a',
    'sum',
    'by',
    'on',
    'offset',
    '@',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '5m',
    '1e',
    '0x',
    '"',
    "'",
    '`',
    '\\',
    ',',
  ]
  const signs = [
    '+',
    '-',
    '^',
    '==',
    '=~',
    '!',
    ':',
    '#',
    '\n',
    ' ',
    'é',
    '😀',
    '$',
    'rate(',
    '{b=~"(',
    'start()',
    'step()',
    'min_of(',
    'fill(',
    'fill_left(1)',
    'anchored',
    'smoothed',
    '_',
    '.',
  ]
  const soup = fc.array(fc.constantFrom(...words, ...signs), { maxLength: 30 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(
      fc.oneof(soup, fc.string({ unit: 'grapheme', maxLength: 30 }), fc.string({ unit: 'binary' })),
      (text) => {
        const error = refusal(text)
        if (error === undefined) return
        expect(error).toBeInstanceOf(PromqlError)
        expect(error).toMatchObject({ kind: 'parse' })
        const { from, to } = error as PromqlError
        expect([from >= 0, from <= to, to <= text.length]).toEqual([true, true, true])
      },
    ),
    { numRuns: 20_000 },
  )
})

function refusal(text: string): unknown {
  try {
    parseExpr(text, ALL_FEATURES)
    return undefined
  } catch (error) {
    return error
  }
}

test("what is read here, Prometheus's grammar for editors reads as well", () => {
  const read = generatedExpressions(7, 500).filter((text) => refusal(text) === undefined)
  expect(read.length).toBeGreaterThan(400)
  for (const text of read) expect(`${text}: ${editorGrammar.parse(text)}`).not.toContain('⚠')
})
