import { describe, expect, test } from 'vitest'
import type { Choice } from './choices'
import { chooseFrom, isQuery, MOST_OF_KIND } from './choices'

const choice = (kind: Choice['kind'], name: string, about = ''): Choice => ({ kind, name, about, href: `/${name}` })
const all = [
  choice('Metrics', 'http_requests_total', 'counter, Requests that were answered.'),
  choice('Pages', 'Metrics'),
  choice('Metrics', 'requests_total', 'counter'),
  choice('Routes', '/api/requests'),
  choice('Pages', 'Overview'),
  choice('Metrics', 'latency_seconds', 'histogram, of requests'),
]
const namesOf = (typed: string) => chooseFrom(all, typed).map(({ name }) => name)

describe('the choices of the palette', () => {
  test.each([
    [
      'pages first where nothing is typed',
      '',
      ['Metrics', 'Overview', '/api/requests', 'http_requests_total', 'requests_total', 'latency_seconds'],
    ],
    ['the whole name before others that have it', 'requests_total', ['requests_total', 'http_requests_total']],
    [
      'a name that begins so before one that has it inside, and that before what is about it',
      'requests',
      ['/api/requests', 'requests_total', 'http_requests_total', 'latency_seconds'],
    ],
    ['every word, in whatever order and letters', 'TOTAL http', ['http_requests_total']],
    ['a page by its name', 'over', ['Overview']],
    ['nothing where a word is nowhere', 'requests nowhere', []],
  ])('are %s', (_, typed, names) => {
    expect(namesOf(typed)).toEqual(names)
  })

  test('are few of each kind', () => {
    const many = Array.from({ length: 500 }, (_, i) => choice('Metrics', `metric_${i}`))
    expect(chooseFrom(many, 'metric')).toHaveLength(MOST_OF_KIND)
  })
})

test.each([
  ['rate(requests_total[1m])', true],
  ['up{job="hearth"}', true],
  ['a / b', true],
  ['up or down', true],
  ['requests_total', false],
  ['/api/orders', false],
  ['overview', false],
])('%s is a query: %s', (typed, expected) => {
  expect(isQuery(typed)).toBe(expected)
})
