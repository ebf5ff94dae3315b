import { parser } from '@prometheus-io/lezer-promql'
import { describe, expect, test } from 'vitest'
import type { MetricType } from '@/server/exposition/snapshot'
import type { FamilySummary } from '@/server/trpc/families'
import { boardExprs } from './board-exprs'
import { oneOfEach, toFamilyBoard, toHeadline } from './family-board'

const invent = (metric: string, type: MetricType, changes: Partial<FamilySummary> = {}): FamilySummary => ({
  name: metric,
  metric,
  type,
  help: 'What it is',
  unit: '',
  seriesCount: 3,
  labels: [
    { name: 'route', values: 3 },
    { name: 'app', values: 1 },
  ],
  ...changes,
})

const exprsOf = (family: FamilySummary, by?: string) =>
  toFamilyBoard(family, by).places.map(({ panels: [{ title, queries }] }) => [title, queries.map(({ expr }) => expr)])

describe('a board of one metric asks', () => {
  test.each<[string, FamilySummary, string | undefined, unknown]>([
    [
      'for a counter its rate, and that by each label that tells series apart',
      invent('jobs_total', 'counter'),
      undefined,
      [
        ['jobs_total', ['sum(rate(jobs_total{$target}[$__rate_interval]))']],
        ['By route', ['sum by (route) (rate(jobs_total{$target}[$__rate_interval]))']],
      ],
    ],
    [
      'by the chosen label alone, even if it has one value',
      invent('jobs_total', 'counter'),
      'app',
      [
        ['jobs_total', ['sum(rate(jobs_total{$target}[$__rate_interval]))']],
        ['By app', ['sum by (app) (rate(jobs_total{$target}[$__rate_interval]))']],
      ],
    ],
    [
      'for a gauge of several series where they lie, and the mean by label',
      invent('queue', 'gauge'),
      'no such label',
      [
        ['queue', ['max(queue{$target})', 'avg(queue{$target})', 'min(queue{$target})']],
        ['By route', ['avg by (route) (queue{$target})']],
      ],
    ],
    [
      'for the largest of a label with many values',
      invent('queue', 'gauge', { labels: [{ name: 'id', values: 90 }], seriesCount: 90 }),
      'id',
      [
        ['queue', ['max(queue{$target})', 'avg(queue{$target})', 'min(queue{$target})']],
        ['By id', ['topk(6, avg by (id) (queue{$target}))']],
      ],
    ],
    [
      'for a histogram percentiles, a heat map and observations',
      invent('wait_seconds_bucket', 'unknown', { labels: [] }),
      undefined,
      [
        [
          'Percentiles',
          [0.5, 0.95, 0.99].map(
            (q) => `histogram_quantile(${q}, sum by (le) (rate(wait_seconds_bucket{$target}[$__rate_interval])))`,
          ),
        ],
        ['Heat map', ['sum by (le) (rate(wait_seconds_bucket{$target}[$__rate_interval]))']],
        ['Observations', ['sum(rate(wait_seconds_count{$target}[$__rate_interval]))']],
      ],
    ],
  ])('%s', (_, family, by, expected) => expect(exprsOf(family, by)).toEqual(expected))
})

test.each([
  ['a counter', 'jobs_total', 'counter', 'jobs_total{$target}'],
  ['a histogram', 'wait_seconds', 'histogram', 'wait_seconds_count{$target}'],
  ['buckets without a type', 'wait_seconds_bucket', 'unknown', 'wait_seconds_count{$target}'],
  ['a histogram of gauges', 'wait', 'gaugehistogram', 'wait_gcount{$target}'],
] as const)('each series of %s is counted once', (_, name, type, expected) => {
  expect(oneOfEach(invent(name, type))).toBe(expected)
})

test.each(['jobs_total', 'jobs "done" $x', 'größe'])('whatever a metric and its labels are called: %s', (name) => {
  const types = ['counter', 'gauge', 'histogram', 'gaugehistogram', 'summary', 'unknown', 'info', 'stateset'] as const
  const variables = {
    rangeMs: 300_000,
    stepMs: 1000,
    scrapeIntervalMs: 1000,
    target: 'job="shop"',
    route: undefined,
    own: '',
  }
  for (const type of types) {
    const family = invent(name, type, { labels: [{ name: `${name} of`, values: 9 }] })
    const board = toFamilyBoard(family)
    const { exprs } = boardExprs(
      { ...board, places: [...board.places, { span: 12, panels: [toHeadline(family)] }] },
      variables,
    )
    for (const expr of exprs) {
      parser.parse(expr).iterate({ enter: (node) => expect(node.type.isError, expr).toBe(false) })
      expect(expr).toContain('job="shop"')
    }
  }
})
