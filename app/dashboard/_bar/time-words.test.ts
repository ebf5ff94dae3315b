import { expect, test } from 'vitest'
import { toMoment } from '../_format/time'
import { toGapWords } from './time-words'

const remembered = { source: { kind: 'embedded' as const }, oldestMs: 500_000, retentionMs: 600_000, nowMs: 1_000_000 }
const fixed = (startMs: number, endMs: number) => ({ startMs, endMs, isFixed: true })

test.each<[string, Parameters<typeof toGapWords>[0], object, string | undefined]>([
  ['a window that is remembered', fixed(500_000, 600_000), {}, undefined],
  ['one that begins a moment before the first scrape', fixed(498_500, 600_000), {}, undefined],
  ['one that begins before the oldest sample', fixed(400_000, 600_000), {}, `nothing before ${toMoment(500_000, 0)}`],
  ['one that is over before it', fixed(1, 400_000), {}, 'not remembered'],
  ['one of a process without samples', fixed(1, 400_000), { oldestMs: undefined }, 'not remembered'],
  ['a live range that fills by itself', { startMs: 400_000, endMs: 1_000_000, isFixed: false }, {}, undefined],
  [
    'a live range that is longer than what is kept',
    { startMs: 100_000, endMs: 1_000_000, isFixed: false },
    {},
    `nothing before ${toMoment(500_000, 0)}`,
  ],
])('%s', (_, shown, changes, words) => {
  expect(toGapWords(shown, { ...remembered, ...changes }, true)).toBe(words)
})

test('the server says no time, and knows nothing of what a Prometheus remembers', () => {
  expect(toGapWords(fixed(1, 600_000), remembered, false)).toBe('not all remembered')
  const source = { kind: 'prometheus' as const, url: 'http://prometheus:9090' }
  expect(toGapWords(fixed(1, 400_000), { ...remembered, source }, true)).toBeUndefined()
})

test('a moment of another day has its date', () => {
  const today = new Date(2026, 10, 28, 14, 2, 3).getTime()
  expect(toMoment(today, today)).toBe('14:02:03')
  expect(toMoment(new Date(2026, 10, 27, 4, 2, 3).getTime(), today)).toBe('27 Nov 04:02:03')
  expect(toMoment(new Date(2025, 10, 28, 4, 2, 3).getTime(), today)).toBe('28 Nov 2025 04:02:03')
})
