import { expect, test } from 'vitest'
import { EVERY_TARGET } from './chosen-target'
import type { MetricsView } from './metrics-view'
import { parseMetricsView, toMetricsQuery } from './metrics-view'

const NONE: MetricsView = {
  search: '',
  type: undefined,
  label: undefined,
  of: undefined,
  metric: undefined,
  by: undefined,
}

test.each<[string, Partial<MetricsView>, string]>([
  ['nothing chosen is no query', {}, ''],
  [
    'words, type and label',
    { search: 'http req', type: 'counter', label: 'route' },
    '?q=http+req&type=counter&label=route',
  ],
  ['every target', { of: EVERY_TARGET }, '?of=*'],
  ['a metric, by a label', { metric: 'a_total', by: 'odd label' }, '?metric=a_total&by=odd+label'],
])('%s, and the same again', (_, change, query) => {
  expect(toMetricsQuery({ ...NONE, ...change }, '')).toBe(query)
  expect(parseMetricsView(new URLSearchParams(query))).toEqual({ ...NONE, ...change })
})

test('what belongs to others stays, and a label goes with its metric', () => {
  expect(toMetricsQuery({ ...NONE, by: 'route' }, '?range=1h&metric=a&by=route&q=x')).toBe('?range=1h')
})
