import { describe, expect, test } from 'vitest'
import { liveInput, MAX_EXPR_LENGTH } from './inputs'

const times = { rangeMs: 60_000, stepMs: 1000 }

describe('the question of a live stream', () => {
  test('takes expressions whole, and in parts with what they have in common between them', () => {
    const question = { ...times, common: 'x="1"', exprs: [['a{', '} / b{', '}'], 'c'], instantExprs: [['d']] }
    expect(liveInput.parse(question)).toEqual({ ...times, exprs: ['a{x="1"} / b{x="1"}', 'c'], instantExprs: ['d'] })
    expect(liveInput.parse({ ...times, exprs: ['up'] })).toEqual({ ...times, exprs: ['up'], instantExprs: [] })
  })

  test.each<[string, object]>([
    ['parts that are too long once they are joined', { common: 'x'.repeat(MAX_EXPR_LENGTH), exprs: [['a', 'b']] }],
    ['an expression of no parts', { exprs: [[]] }],
    ['too many parts', { exprs: [Array.from({ length: 65 }, () => 'a')] }],
    ['too many steps', { exprs: ['up'], rangeMs: 3_600_000 }],
    ['a range that is too short', { exprs: ['up'], rangeMs: 1 }],
  ])('refuses %s', (_, question) => {
    expect(liveInput.safeParse({ ...times, ...question }).success).toBe(false)
  })
})
