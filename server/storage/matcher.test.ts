import { describe, expect, it } from 'vitest'
import { atOnce } from '../slices'
import { labelValue, satisfiesAny } from './matcher'
import type { Matcher } from './series'

const labels = { __name__: 'requests_total', method: 'GET', status: '503' }

function matcher(name: string, op: Matcher['op'], value: string): Matcher {
  return { name, op, value }
}

describe('satisfiesAny', () => {
  it.each([
    ['the same value', [matcher('method', '=', 'GET')], true],
    ['another value', [matcher('method', '=', 'POST')], false],
    ['unequal to another value', [matcher('method', '!=', 'POST')], true],
    ['unequal to the same value', [matcher('method', '!=', 'GET')], false],
    ['a regular expression', [matcher('status', '=~', '5..')], true],
    ['a regular expression that fits a part', [matcher('status', '=~', '5.')], false],
    ['not a regular expression', [matcher('status', '!~', '5..')], false],
    ['not a regular expression that fits a part', [matcher('status', '!~', '5.')], true],
    ['an absent label is empty', [matcher('route', '=', '')], true],
    ['an absent label is not equal to a value', [matcher('route', '=', '/')], false],
    ['an absent label is unequal to a value', [matcher('route', '!=', '/')], true],
    ['an absent label is not unequal to nothing', [matcher('route', '!=', '')], false],
    ['an absent label matches what matches nothing', [matcher('route', '=~', '.*')], true],
    ['an absent label does not match something', [matcher('route', '=~', '.+')], false],
    ['an absent label with a name of Object.prototype', [matcher('constructor', '=', '')], true],
    ['all of several', [matcher('method', '=', 'GET'), matcher('status', '=~', '5..')], true],
    ['one of several', [matcher('method', '=', 'GET'), matcher('status', '=~', '2..')], false],
    ['two for the same label', [matcher('status', '!=', ''), matcher('status', '!=', '503')], false],
    ['none', [], true],
  ])('%s', (_, matchers, expected) => {
    expect(atOnce(satisfiesAny(labels, [matchers]))).toBe(expected)
  })

  it('refuses a malformed regular expression', () => {
    expect(() => atOnce(satisfiesAny(labels, [[matcher('a', '!~', '(')]]))).toThrow(
      'error parsing regexp: missing closing )',
    )
  })
})

describe('labelValue', () => {
  it('reads labels with the names of Object.prototype, and no others', () => {
    const odd = Object.fromEntries([
      ['__proto__', 'x'],
      ['toString', 'y'],
    ])
    expect(labelValue(odd, '__proto__')).toBe('x')
    expect(labelValue(odd, 'toString')).toBe('y')
    expect(labelValue(odd, 'constructor')).toBe('')
  })
})
