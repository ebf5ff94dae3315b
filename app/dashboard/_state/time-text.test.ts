import { expect, test } from 'vitest'
import { readLiveRange, readTime } from './time-text'

// A Saturday.
const NOW = Date.UTC(2026, 10, 28, 14, 2, 3, 456)
const at = (text: string) => Date.parse(text)

test.each<[string, string, number | undefined]>([
  ['milliseconds since the epoch', '1764347123456', 1764347123456],
  ['ISO 8601 in UTC', '2026-11-28T14:02:03.5Z', at('2026-11-28T14:02:03.500Z')],
  ['ISO 8601 with an offset', '2026-11-28T14:02:03+02:00', at('2026-11-28T12:02:03Z')],
  ['an offset whose plus a query has made a blank', '2026-11-28T14:02:03 02:00', at('2026-11-28T12:02:03Z')],
  ['a time without an offset is one of UTC', '2026-11-28 14:02', at('2026-11-28T14:02:00Z')],
  ['a day alone', '2026-11-28', at('2026-11-28T00:00:00Z')],
  ['without signs, as Grafana has it too', '20261128T140203', at('2026-11-28T14:02:03Z')],
  ['now', 'now', NOW],
  ['before now', 'now-15m', NOW - 900_000],
  ['after now', 'now+1h', NOW + 3_600_000],
  ['without a count', 'now-h', NOW - 3_600_000],
  ['several steps', 'now-1d+2h-3s', NOW - 86_400_000 + 7_197_000],
  ['months are those of the calendar', 'now-1M', at('2026-10-28T14:02:03.456Z')],
  ['years, too', 'now-1y', at('2025-11-28T14:02:03.456Z')],
  ['the beginning of a day', 'now/d', at('2026-11-28T00:00:00Z')],
  ['of yesterday', 'now-1d/d', at('2026-11-27T00:00:00Z')],
  ['of a week', 'now/w', at('2026-11-23T00:00:00Z')],
  ['of a month, and on', 'now/M+1h', at('2026-11-01T01:00:00Z')],
  ['nothing is no time', '', undefined],
  ['a word is none', 'yesterday', undefined],
  ['a unit that does not exist', 'now-3q', undefined],
  ['what goes on after a time', 'now-15m;', undefined],
  ['a number that is too long', '1'.repeat(16), undefined],
])('%s: %s', (_, text, ms) => {
  expect(readTime(text, NOW)).toBe(ms)
})

test('the end of a window is the end of the day', () => {
  expect(readTime('now-1d/d', NOW, true)).toBe(at('2026-11-27T23:59:59.999Z'))
})

test('a date that never was is no time', () => {
  expect(readTime('2026-13-28', NOW)).toBeNaN()
})

test('only a window that ends now has a range to go on with', () => {
  expect(['now-15m', 'now-1w', 'now', 'now-1M', 'now-1h/h', '900'].map(readLiveRange)).toEqual([
    900_000,
    604_800_000,
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})
