import { describe, expect, test } from 'vitest'
import type { ExceptionGroup } from '@/server/instrument/exception-log'
import { readOpen, toOpen } from '../_boards/errors'
import type { ErrorHistory } from './error-rows'
import { toErrorRows } from './error-rows'

const labels = (error: string) => ({ error, kind: 'route', route: '/a' })
const series = (error: string, values: (number | null)[]) => ({ key: error, labels: labels(error), values })

function group(error: string, firstMs: number, lastMs: number): ExceptionGroup {
  const newest = { id: error, atMs: lastMs, kind: 'route', route: '/a', name: error, message: 'm' } as const
  return { error, kind: 'route', route: '/a', firstMs, lastMs, newest }
}

const timesMs = [0, 1000, 2000, 3000, 4000]
const history = (sinceMs: number | undefined, ...all: ErrorHistory['series']): ErrorHistory => ({
  timesMs,
  sinceMs,
  series: all,
})

describe('the groups of exceptions', () => {
  test('have their counts, their rates, and are in the order in which they were seen last', () => {
    const counts = [series('A', [2]), series('B', [7]), series('C', [0])]
    const rates = [series('B', [0, 0.5])]
    const rows = toErrorRows(counts, rates, [group('A', 100, 300), group('B', 100, 900)], undefined)
    expect(rows.map(({ error, count, rates, lastMs }) => [error, count, rates, lastMs])).toEqual([
      ['B', 7, [0, 0.5], 900],
      ['A', 2, [], 300],
    ])
  })

  test.each<
    [
      why: string,
      told: ExceptionGroup | undefined,
      past: (number | null)[],
      sinceMs: number | undefined,
      firstMs: number,
      isNew: boolean,
    ]
  >([
    ['the log knows the moment', group('A', 2500, 2600), [null, null, null, 1, 1], 2000, 2500, true],
    ['the metric knows of a process before', group('A', 3500, 3600), [null, 4, 4, null, 1], 2500, 1000, false],
    ['another process has no log', undefined, [null, null, null, 2, 2], 1500, 3000, true],
    ['in the step of the start nobody knows', undefined, [null, null, 1, 1, 1], 1500, 2000, false],
    [
      'where nothing before the start is remembered nothing is new',
      group('A', 2500, 2600),
      [null, null, null, 1, 1],
      undefined,
      2500,
      false,
    ],
  ])('are new or not: %s', (_, told, past, sinceMs, firstMs, isNew) => {
    const [row] = toErrorRows([series('A', [1])], [], told ? [told] : [], history(sinceMs, series('A', past)))
    expect([row?.firstMs, row?.isNew]).toEqual([firstMs, isNew])
  })

  test('of another process were seen last where their count rose', () => {
    const [row] = toErrorRows([series('A', [5])], [], [], history(undefined, series('A', [1, 4, 4, 5, 5])))
    expect(row?.lastMs).toBe(3000)
  })
})

test('a group in the URL is read again, and what is none is not', () => {
  const name = { error: '(non-error)', kind: 'render', route: '/a b/[id]' }
  expect(readOpen(toOpen(name))).toEqual(name)
  for (const text of [undefined, '', 'route', 'route Error', 'x'.repeat(1000)]) expect(readOpen(text)).toBeUndefined()
})
