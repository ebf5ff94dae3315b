import { expect, test } from 'vitest'
import type { ExceptionGroup } from '@/server/instrument/exception-log'
import type { LiveSeries } from '../_live/live-board'
import { toExceptionRows } from './exception-rows'

const counted = (error: string, count: number | null, route = '/pay', kind = 'route'): LiveSeries => ({
  key: `${error}${route}${kind}`,
  labels: { error, kind, route },
  values: [null, count],
})

const kept = (error: string, lastMs: number, route = '/pay'): ExceptionGroup => ({
  error,
  kind: 'route',
  route,
  firstMs: 1,
  lastMs,
  newest: { id: `${lastMs}`, atMs: lastMs, kind: 'route', route, name: error, message: 'no funds' },
})

const brief = (counts: LiveSeries[], groups: ExceptionGroup[]) =>
  toExceptionRows(counts, groups).map(({ error, route, kind, count, words }) => [
    error,
    route,
    kind,
    count,
    words?.lastMs,
  ])

test('counts are those of the metric, and the one that was seen last comes first', () => {
  expect(
    brief([counted('Declined', 493), counted('Lost', 1)], [kept('Declined', 20), kept('Lost', 30), kept('Gone', 40)]),
  ).toEqual([
    ['Lost', '/pay', 'route', 1, 30],
    ['Declined', '/pay', 'route', 493, 20],
  ])
})

test('the same class on another route, or of another kind, is another row', () => {
  const counts = [counted('Lost', 2), counted('Lost', 3, '/order'), counted('Lost', 4, '/pay', 'render')]
  expect(brief(counts, [kept('Lost', 30)])).toEqual([
    ['Lost', '/pay', 'route', 2, 30],
    ['Lost', '/pay', 'render', 4, undefined],
    ['Lost', '/order', 'route', 3, undefined],
  ])
})

test('what has never happened, or is not counted any more, is no row', () => {
  expect(brief([counted('Declined', 0), counted('Lost', null)], [kept('Lost', 30)])).toEqual([])
})
