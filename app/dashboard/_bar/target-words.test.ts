import { describe, expect, test } from 'vitest'
import { toDownWords, toTargetWords } from './target-words'

const lastUpMs = new Date(2026, 0, 2, 14, 2, 11).getTime()
const refused = { up: false, lastUpMs, lastError: 'connection refused' }

describe('a target in words', () => {
  test('this process is this app, another goes by its job', () => {
    expect(toTargetWords({ job: 'hearth', instance: 'localhost:3000' }, true)).toBe('this app localhost:3000')
    expect(toTargetWords({ job: 'orders', instance: '10.0.0.7:8000' }, false)).toBe('orders 10.0.0.7:8000')
  })

  test.each([
    ['up', { up: true, lastUpMs, lastError: undefined }, true, undefined],
    ['not asked yet', { up: undefined, lastUpMs: undefined, lastError: undefined }, true, undefined],
    ['down since it was last seen', refused, true, 'down: connection refused, last seen 14:02:11'],
    ['down, where the clock is not known', refused, false, 'down: connection refused'],
    ['never seen', { ...refused, lastUpMs: undefined }, true, 'down: connection refused, never seen'],
  ])('%s', (_, health, hasClock, words) => {
    expect(toDownWords(health, hasClock)).toBe(words)
  })
})
