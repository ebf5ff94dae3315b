import { expect, test } from 'vitest'
import type { Status } from '../_panels/use-status'
import { inventTarget } from '../_state/invented-target'
import { toDiskWords, toLosses } from './footer'
import { toHistoryWords } from './history-notice'
import { toWords } from './live-state-words'
import { toSource } from './to-source'

const target = inventTarget('hearth', 'localhost:3000')
const none = { seriesLimit: 0, memoryLimit: 0, tooOld: 0, tooFarAhead: 0, outOfOrder: 0, duplicate: 0 }

test.each<[string, Status['source'], Status['targets'], { name: string; target: string }]>([
  ['this app, by its target', { kind: 'embedded' }, [target], { name: 'this app', target: 'localhost:3000' }],
  ['this app before its first scrape', { kind: 'embedded' }, [], { name: 'this app', target: '' }],
  [
    'a Prometheus, by its host',
    { kind: 'prometheus', url: 'https://prometheus.example:9090/base' },
    [target],
    { name: 'Prometheus', target: 'prometheus.example:9090' },
  ],
])('the source is %s', (_, source, targets, words) => {
  expect(toSource({ source, targets })).toEqual(words)
})

test('what was dropped is said, what was not is not', () => {
  const nothing = { droppedSeries: 0, droppedSamples: none, shortenings: 0, foldedMetrics: [] }
  expect(toLosses(nothing)).toEqual([])
  expect(toLosses({ ...nothing, droppedSeries: 1200, droppedSamples: { ...none, seriesLimit: 99 } })).toEqual([
    '1,200 series over the limit were not stored',
  ])
  expect(toLosses({ ...nothing, shortenings: 3 })).toEqual([
    'the oldest samples were dropped early because memory ran short',
  ])
  expect(toLosses({ ...nothing, droppedSamples: { ...none, tooOld: 1, duplicate: 2 } })).toEqual([
    '3 late or duplicate samples were dropped',
  ])
  expect(toLosses({ ...nothing, droppedSamples: { ...none, tooFarAhead: 5 } })).toEqual([
    '5 samples with future timestamps were dropped',
  ])
  expect(toLosses({ ...nothing, foldedMetrics: [{ metric: 'orders_total', observations: 1234 }] })).toEqual([
    'orders_total has too many label sets: 1,234 observations are counted under (other)',
  ])
})

test('that the history is in memory only is said with its reason, and nothing is said where it is meant to be', () => {
  const history: NonNullable<Status['history']> = {
    file: 'history.db',
    state: 'memory',
    problem: { kind: 'full', message: 'the disk is full' },
    flushes: 0,
    failures: 1,
    bytes: 0,
    limitBytes: 1024 ** 3,
  }
  expect(toHistoryWords(history)).toBe(
    'and would not survive a restart. history.db: the disk is full. Hearth keeps trying to write it.',
  )
  expect(toHistoryWords({ ...history, state: 'disk', problem: undefined })).toBeUndefined()
  expect(toHistoryWords({ ...history, state: 'loading', problem: undefined })).toBeUndefined()
  expect(toHistoryWords(undefined)).toBeUndefined()
  expect(toDiskWords(history)).toBe('')
  expect(toDiskWords({ ...history, state: 'disk', bytes: 29_400_000 })).toBe(' and on disk (29.4 MB)')
  expect(toDiskWords({ ...history, state: 'loading' })).toBe('; the history on disk is being read')
})

test('that there are too many viewers is said with their number', () => {
  const words = toWords('full', { but: undefined, newestMs: 1, everyMs: 1000, maxViewers: 500 })
  expect(words).toBe('Waiting: the viewer limit of 500 is reached')
})
