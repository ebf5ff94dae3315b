import { expect, test } from 'vitest'
import { liveInput, windowInput } from '@/server/trpc/inputs'
import { placeBelow } from '@/server/web/page-start'
import { inventTarget } from './_state/invented-target'
import type { Query } from './_state/view'
import { viewQuestion } from './view-question'

const targets = [inventTarget('hearth', 'localhost:3000'), inventTarget('orders', '10.0.0.7:8000')]
const status = { source: { kind: 'embedded' as const }, targets, scrapeIntervalMs: 1000, nowMs: 1_764_347_123_456 }
const { ownRoutes } = placeBelow(`/${'a.b/'.repeat(20)}hearth`)

const queries: [string, Query][] = [
  ['no query', {}],
  ['all that there is', { range: '1h', route: '/users/[id]', target: 'orders/10.0.0.7:8000', traffic: 'all' }],
  ['a route that breaks out of its string', { route: '"} or up{a="\n' }],
  ['a route that is a regular expression', { route: '.*|(' }],
  ['nonsense', { range: '7y', route: 'x'.repeat(300), target: '\0', traffic: 'none', __proto__: 'x' }],
  ['names that stand there twice', { range: ['1m', '1h'], route: ['/a', '/b'] }],
]

test.each(queries)('with %s the question is one that the live stream takes', (_sentence, query) => {
  const question = viewQuestion(query, status, ownRoutes)
  expect(liveInput.parse(question)).toMatchObject({ ...question, exprs: question.exprs.map((expr) => expr.trim()) })
})

test('it is about the chosen target and range, without what is our own', () => {
  const { exprs, rangeMs } = viewQuestion({ range: '15m', target: 'orders/10.0.0.7:8000' }, status, '/mine(/.*)?')
  expect(rangeMs).toBe(900_000)
  const aboutRequests = exprs.filter((expr) => expr.includes('requests_total{'))
  expect(aboutRequests.length).toBeGreaterThan(3)
  for (const expr of aboutRequests) {
    expect(expr).toContain('{job="orders",instance="10.0.0.7:8000",route=~".*",route!~"/mine(/.*)?"')
  }
})

const windows: [string, Query, object][] = [
  [
    'of a minute',
    { from: '1764347000000', to: '1764347060000' },
    { rangeMs: 60_000, stepMs: 1000, endMs: 1_764_347_060_000 },
  ],
  [
    'that is relative',
    { from: 'now-3h', to: 'now-1h' },
    { rangeMs: 7_200_000, stepMs: 30_000, endMs: 1_764_343_523_456 },
  ],
  ['of a year', { from: 'now-365d', to: '1764347123456' }, { stepMs: 108_000_000 }],
  ['of a second', { from: '1764347000000', to: '1764347001000' }, { rangeMs: 1000, stepMs: 1000 }],
]

test.each(windows)(
  'a window %s is asked for as it is, with the step that goes with it',
  (_sentence, query, expected) => {
    const question = viewQuestion(query, status, ownRoutes)
    expect(question).toMatchObject(expected)
    expect(windowInput.parse(question)).toMatchObject({ ...expected, exprs: question.exprs.map((expr) => expr.trim()) })
  },
)
