import { expect, test } from 'vitest'
import { DEFAULT_VIEW } from '../_state/view'
import { toExemplarExplore, toSeriesWords, toTraceUrl } from './exemplar-links'

const ids = { trace_id: '4bf92f3577b34da6a3ce929d0e0e4736', span_id: '00f067aa0ba902b7' }

test.each<[string, Record<string, string>, string | undefined, string | undefined]>([
  [
    'the trace in its place',
    ids,
    'https://tempo.example/trace/{trace_id}',
    `https://tempo.example/trace/${ids.trace_id}`,
  ],
  ['the span too', ids, 'http://j/{trace_id}?span={span_id}', `http://j/${ids.trace_id}?span=${ids.span_id}`],
  ['a name of other libraries', { traceID: 'ab' }, 'http://j/{trace_id}', 'http://j/ab'],
  ['what is no hexadecimal, escaped', { trace_id: '../?x=$&' }, 'http://j/{trace_id}', 'http://j/..%2F%3Fx%3D%24%26'],
  ['nothing without a template', ids, undefined, undefined],
  ['nothing without a trace', { user: 'x' }, 'http://j/{trace_id}', undefined],
])('the link to a trace has %s', (_, labels, template, url) => {
  expect(toTraceUrl({ labels }, template)).toBe(url)
})

test.each([
  [{ method: 'GET', route: '/users/[id]', status: '200', job: 'a' }, 'GET /users/[id] 200'],
  [{ __name__: 'x_seconds_bucket', job: 'a', instance: 'b', le: '1', queue: 'mail' }, 'queue="mail"'],
  [{ __name__: 'x_seconds_bucket', job: 'a', instance: 'b', le: '1' }, 'x_seconds_bucket'],
])('the series %j are called %s', (series, words) => {
  expect(toSeriesWords({ series })).toBe(words)
})

test('Explore asks the latency of its series around its moment', () => {
  const series = { __name__: 'x_seconds_bucket', le: '1', job: 'a', 'a b': 'c"d' }
  const query = new URLSearchParams(toExemplarExplore({ series, timeMs: 100_000 }, DEFAULT_VIEW))
  expect(Object.fromEntries(query)).toEqual({
    from: '40000',
    to: '160000',
    unit: 'seconds',
    'g0.expr':
      'histogram_quantile(0.95, sum by (le) (rate({"x_seconds_bucket", job="a", "a b"="c\\"d"}[$__rate_interval])))',
  })
})
