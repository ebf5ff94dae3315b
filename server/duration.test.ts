import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDuration, parseDuration } from './duration'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe('parseDuration', () => {
  it.each([
    ['0', 0],
    ['0s', 0],
    ['250ms', 250],
    ['1s', SECOND],
    ['5m', 5 * MINUTE],
    ['1h30m', HOUR + 30 * MINUTE],
    ['1m500ms', MINUTE + 500],
    ['90m', 90 * MINUTE],
    ['1d', DAY],
    ['2w', 14 * DAY],
    ['1y', 365 * DAY],
    ['1y2w3d4h5m6s7ms', 365 * DAY + 14 * DAY + 3 * DAY + 4 * HOUR + 5 * MINUTE + 6 * SECOND + 7],
    ['007s', 7 * SECOND],
  ])('reads %s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms)
  })

  it.each([
    ['nothing', ''],
    ['a number without a unit', '5'],
    ['a unit without a number', 's'],
    ['a unit that does not exist', '5 minutes'],
    ['a fraction', '1.5h'],
    ['a sign', '-5m'],
    ['a space around it', ' 5m'],
    ['a line break after it', '5m\n'],
    ['units in the wrong order', '30m1h'],
    ['milliseconds before seconds', '5ms1s'],
    ['the same unit twice', '1h1h'],
  ])('refuses %s and says what it got', (_, text) => {
    expect(() => parseDuration(text)).toThrow(
      `expected a duration such as 1s, 15m or 1h30m, got ${JSON.stringify(text)}`,
    )
  })

  it('refuses more than Prometheus can hold', () => {
    expect(parseDuration('292y')).toBe(292 * 365 * DAY)
    expect(() => parseDuration('293y')).toThrow('at most 292 years, got "293y"')
  })
})

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [1, '1ms'],
    [SECOND, '1s'],
    [1500, '1s500ms'],
    [15 * MINUTE, '15m'],
    [90 * MINUTE, '1h30m'],
    [DAY, '1d'],
    [8 * DAY, '8d'],
    [14 * DAY, '2w'],
    [365 * DAY, '1y'],
    [366 * DAY, '366d'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })

  it('writes what parseDuration reads back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 292 * 365 * DAY }), (ms) => {
        expect(parseDuration(formatDuration(ms))).toBe(ms)
      }),
    )
  })
})
