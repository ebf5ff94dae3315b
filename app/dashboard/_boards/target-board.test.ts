import { parser } from '@prometheus-io/lezer-promql'
import { describe, expect, test } from 'vitest'
import type { FamilySummary } from '@/server/trpc/families'
import { boardExprs } from './board-exprs'
import { MOST_PANELS, toTargetBoard } from './target-board'

const invent = (metric: string, type: FamilySummary['type'], changes: Partial<FamilySummary> = {}): FamilySummary => ({
  name: metric,
  metric,
  type,
  help: 'What it is',
  unit: '',
  seriesCount: 1,
  labels: [],
  ...changes,
})

const variables = {
  rangeMs: 300_000,
  stepMs: 1000,
  scrapeIntervalMs: 1000,
  target: 'job="shop"',
  route: undefined,
  own: '',
}

/** The expressions of a family's panel, and what stands beside its title. */
function panelOf(family: FamilySummary) {
  const panel = toTargetBoard([family]).places[3]?.panels[0]
  return panel && [panel.subtitle, ...panel.queries.map(({ expr, legend }) => `${legend}: ${expr}`)]
}

describe('a panel', () => {
  test.each([
    [
      'of a counter is its rate',
      invent('jobs_total', 'counter'),
      ['per second over $window', 'value: sum(rate(jobs_total{$target}[$__rate_interval]))'],
    ],
    [
      'of a gauge is its value, each series by itself',
      invent('queue_bytes', 'gauge', { seriesCount: 2, labels: [{ name: 'queue', values: 2 }] }),
      ['bytes', '{{queue}}: sum by (queue) (queue_bytes{$target})'],
    ],
    [
      'of many series adds them up by the label with most of few values',
      invent('cpu_seconds_total', 'counter', {
        seriesCount: 512,
        labels: [
          { name: 'cpu', values: 64 },
          { name: 'mode', values: 8 },
        ],
      }),
      [
        'seconds per second over $window, 512 series added up by mode',
        '{{mode}}: sum by (mode) (rate(cpu_seconds_total{$target}[$__rate_interval]))',
      ],
    ],
  ])('%s', (_, family, words) => expect(panelOf(family)).toEqual(words))

  test('of a histogram has percentiles', () => {
    expect(panelOf(invent('wait_seconds', 'histogram'))?.[1]).toMatch(
      /^p50: histogram_quantile\(0.5, .*wait_seconds_bucket/,
    )
  })

  test.each([
    [
      'a histogram',
      invent('size_bytes', 'histogram'),
      'sum by (le) (rate(size_bytes_bucket{$target}[$__rate_interval]))',
    ],
    [
      'buckets without a TYPE line',
      invent('size_bytes_bucket', 'unknown'),
      'sum by (le) (rate(size_bytes_bucket{$target}[$__rate_interval]))',
    ],
    ['a gauge histogram', invent('size_bytes', 'gaugehistogram'), 'sum by (le) (size_bytes_bucket{$target})'],
  ])('of %s has a heat map, in the unit of its name', (_, family, expr) => {
    const panel = toTargetBoard([family]).places[3]?.panels.find(({ chart }) => chart === 'heatmap')
    expect(panel).toMatchObject({ bucketUnit: 'bytes', queries: [{ expr }] })
  })
})

test('the scrape comes first, the runtime last, and what says nothing over time has no panel', () => {
  const board = toTargetBoard([
    invent('process_open_fds', 'gauge'),
    invent('build_info', 'gauge'),
    invent('jobs_total', 'counter'),
    invent('process_start_time_seconds', 'gauge'),
    invent('never_total', 'counter', { seriesCount: 0 }),
  ])
  const titles = board.places.map(({ panels }) => panels[0].title)
  expect(titles).toEqual(['Up', 'Scrape duration', 'Samples', 'jobs_total', 'process_open_fds'])
  expect(board.rest).toEqual(['build_info', 'never_total', 'process_start_time_seconds'])
})

test('a thousand families are as many panels as there may be, and the rest by name', () => {
  const families = Array.from({ length: 1000 }, (_, i) => invent(`m${i}`, 'gauge'))
  const { places, rest } = toTargetBoard(families)
  expect(places).toHaveLength(3 + MOST_PANELS)
  expect(rest).toHaveLength(1000 - MOST_PANELS)
})

test('every expression is PromQL, of this target alone', () => {
  const types = ['counter', 'gauge', 'histogram', 'gaugehistogram', 'summary', 'unknown'] as const
  const { exprs } = boardExprs(toTargetBoard(types.map((type) => invent(`a_${type}`, type))), variables)
  for (const expr of exprs) {
    parser.parse(expr).iterate({
      enter: ({ type, name, from, to }) => {
        expect(type.isError, expr).toBe(false)
        if (name === 'VectorSelector') expect(expr.slice(from, to)).toContain('{job="shop"}')
      },
    })
  }
})
