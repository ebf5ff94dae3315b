import { expect, test } from 'vitest'
import { liveInput } from '@/server/trpc/inputs'
import { placeBelow } from '@/server/web/page-start'
import { inventTarget } from './_state/invented-target'
import type { Query } from './_state/view'
import { viewQuestion } from './view-question'

const targets = [inventTarget('hearth', 'localhost:3000'), inventTarget('orders', '10.0.0.7:8000')]
const status = { source: { kind: 'embedded' as const }, targets, scrapeIntervalMs: 1000 }
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
