import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { explainInput, liveInput, MAX_EXPR_LENGTH } from './inputs'

const times = { rangeMs: 60_000, stepMs: 1000 }

const asDeflated = (text: string) => ({ deflated: deflateRawSync(text).toString('base64url') })

describe('the question of a live stream', () => {
  test('is taken as it is, and deflated', () => {
    const question = { ...times, exprs: ['up', 'a{x="ü"}'], instantExprs: ['b'] }
    expect(liveInput.parse(question)).toEqual(question)
    const deflated = asDeflated(JSON.stringify(question))
    expect(liveInput.parse({ ...deflated, lastEventId: '7' })).toEqual({ ...question, lastEventId: '7' })
    expect(liveInput.parse({ ...times, exprs: ['up'] })).toEqual({ ...times, exprs: ['up'], instantExprs: [] })
  })

  test.each<[string, object]>([
    ['an expression that is too long', { exprs: ['x'.repeat(MAX_EXPR_LENGTH + 1)] }],
    ['an empty expression', { exprs: [''] }],
    ['too many steps', { exprs: ['up'], rangeMs: 3_600_000 }],
    ['a range that is too short', { exprs: ['up'], rangeMs: 1 }],
    ['what can not be inflated', { deflated: 'x' }],
    ['what is no JSON', asDeflated('{')],
    ['what is no question', asDeflated('null')],
    ['what inflates without end', asDeflated(`{"exprs":["${'x'.repeat(1024 ** 2)}"]}`)],
  ])('refuses %s', (_, question) => {
    expect(liveInput.safeParse({ ...times, ...question }).success).toBe(false)
  })
})

describe('what is to be explained', () => {
  test('is asked over a time, at an instant, or now', () => {
    for (const times of [{ atMs: 1000 }, {}, { startMs: 0, endMs: 1000, stepMs: 100 }]) {
      expect(explainInput.parse({ expr: 'up', ...times })).toEqual({ expr: 'up', ...times })
    }
  })

  test.each<[string, object]>([
    ['half a time', { startMs: 0, endMs: 1000 }],
    ['an end before the start', { startMs: 2, endMs: 1, stepMs: 100 }],
    ['too many steps', { startMs: 0, endMs: 3_600_000, stepMs: 1000 }],
  ])('refuses %s', (_, times) => {
    expect(explainInput.safeParse({ expr: 'up', ...times }).success).toBe(false)
  })
})
