import { describe, expect, test } from 'vitest'
import { fillQuery, maskVariables } from './fill-query'
import { toOffset, toRemark, toUnderlined } from './remarks'

const variables = {
  rangeMs: 300_000,
  stepMs: 1000,
  scrapeIntervalMs: 1000,
  target: '',
  route: undefined,
  own: '',
}

describe('the variables of a query', () => {
  test.each([
    ['those of time are filled in', 'rate(a[$__rate_interval])', 'rate(a[4s])'],
    ['each, wherever it stands', 'a[$__range] offset $__interval', 'a[5m] offset 1s'],
    ['a dollar of a regular expression is none', '{a=~"x$"}', '{a=~"x$"}'],
    ['nor is a longer name', '$__range_s', '$__range_s'],
    ['nor one of a board', 'a{$target}', 'a{$target}'],
  ])('%s', (_, typed, expr) => expect(fillQuery(typed, variables).expr).toBe(expr))

  test('a place in what is asked is one in what was typed', () => {
    const typed = 'rate(a[$__rate_interval]) + b[$__range] !'
    const { expr, toTyped } = fillQuery(typed, variables)
    for (const text of ['rate', 'a[', ']) + b', '!']) expect(toTyped(expr.indexOf(text))).toBe(typed.indexOf(text))
    expect(toTyped(expr.length)).toBe(typed.length)
  })

  test('masked, every other character keeps its place', () => {
    const typed = 'rate(a[$__rate_interval]) / b'
    expect(maskVariables(typed)).toBe(
      'rate(a[000000000000001s]) / b'.replace('000000000000001s', '1s'.padStart(16, '0')),
    )
    expect(maskVariables(typed)).toHaveLength(typed.length)
  })
})

describe('what the server says', () => {
  test.each([
    ['an error of the parser', 'invalid parameter "query": 1:5: parse error: no', '1:5: parse error: no', 4],
    ['a remark with its place at the end', 'PromQL info: a counter? "a" (1:6)', undefined, 5],
    ['a place on another line', '2:3: parse error: no', undefined, 14],
    ['an error without a place', 'query timed out', undefined, undefined],
  ])('%s', (_, words, text, at) => {
    const asked = 'rate(abcdef\n  )'
    expect(toRemark('error', words, asked)).toEqual({ level: 'error', text: text ?? words, at })
  })

  test('columns are bytes', () => {
    expect(toOffset('"ü" x', 1, 6)).toBe(4)
    expect(toOffset('"😀" x', 1, 8)).toBe(5)
    expect(toOffset('ab', 9, 9)).toBe(2)
  })

  test('the word at the place is underlined, or one character', () => {
    expect(toUnderlined('sum(foo_bar)', 4)).toEqual({ from: 4, to: 11 })
    expect(toUnderlined('sum(', 4)).toEqual({ from: 3, to: 4 })
  })
})
