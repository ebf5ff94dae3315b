import { describe, expect, test } from 'vitest'
import type { Panel } from '../_boards/panel'
import type { LiveBoard } from '../_live/live-board'
import { toChange, toTileWords } from './tile-words'

const MINUTES = 5 * 60_000

function say(unit: Panel['unit'], answers: Record<string, number | undefined>) {
  const legends = Object.keys(answers)
  const panel: Panel = {
    id: 'p',
    title: 'P',
    subtitle: 'last $range',
    unit,
    help: '',
    empty: '',
    chart: 'tile',
    queries: legends.map((legend) => ({ expr: legend, legend })),
  }
  const board: LiveBoard = {
    timesMs: [0, 1],
    stepMs: 1,
    series: (expr) => (answers[expr] === undefined ? [] : [{ key: '', labels: {}, values: [null, answers[expr]] }]),
    error: () => undefined,
    state: 'live',
    newestMs: 1,
    hasHistory: true,
  }
  return toTileWords(panel, legends, board, { rangeMs: MINUTES, windowMs: 4000, minuteMs: 60_000, target: '' })
}

describe('a tile', () => {
  test('compares with the range before', () => {
    expect(say('seconds', { value: 0.041, before: 0.038, now: 0.05, remembered: 1 })).toEqual({
      reading: { digits: '41.0', suffix: 'ms' },
      caption: 'last 5 m; 38.0 ms in the 5 m before',
      total: undefined,
      verdict: undefined,
    })
  })

  test('compares nothing with what is not remembered', () => {
    expect(say('seconds', { value: 0.041, before: 0.038, remembered: undefined }).caption).toBe('last 5 m')
  })

  test('compares nothing with a time without requests', () => {
    expect(say('seconds', { value: 0.041, before: Number.NaN, remembered: 1 }).caption).toBe('last 5 m')
  })

  test('compares a rate in words, and shows that of the range, not of the moment', () => {
    const { reading, caption } = say('perSecond', { now: 90, value: 56, before: 50, remembered: 1 })
    expect(reading).toEqual({ digits: '56.0', suffix: 'per s' })
    expect(caption).toBe('last 5 m; 12% more than in the 5 m before')
  })

  test('counts to the last one', () => {
    expect(say('perSecond', { now: 1, total: 11_461 }).total).toBe('11,461 since start')
    expect(say('perSecond', { now: 1, total: 123_456_789 }).total).toBe('123M since start')
  })

  test('of 0/0 shows a dash, and no unit', () => {
    expect(say('seconds', { value: Number.NaN }).reading).toEqual({ digits: '–', suffix: '' })
  })

  test.each([
    [0, 'last 5 m'],
    [1, 'last 5 m, +1 stream'],
    [2, 'last 5 m, +2 streams'],
  ])('%d streams are %s', (streams, caption) => {
    expect(say('count', { now: 3, streams }).caption).toBe(caption)
  })
})

test.each([
  [0, 0, 'none in the 5 m before'],
  [5, 0, 'none in the 5 m before'],
  [50, 50.1, 'same as in the 5 m before'],
  [112, 100, '12% more than in the 5 m before'],
  [25, 100, '75% fewer than in the 5 m before'],
  [0, 100, '100% fewer than in the 5 m before'],
  [500, 100, '5.0 times as many as in the 5 m before'],
])('%d after %d is %s', (mean, before, words) => expect(toChange(mean, before, '5 m')).toBe(words))
