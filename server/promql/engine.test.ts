import { describe, expect, test } from 'vitest'
import { ALL_FEATURES } from '../features'
import { generatedExpressions } from './differential/generated-expressions'
import { generatedSeries, startMs } from './differential/generated-series'
import { evaluateInstant, evaluateRange } from './engine'
import type { SeriesSource } from './evaluation'
import type { PromqlError } from './promql-error'
import { seriesList } from './testing/series-list'
import { load } from './testing/series-notation'
import { storedSeries } from './testing/stored-series'
import type { Matrix, Value } from './value'

const source = load(
  1000,
  `requests_total{route="/"} 0+1x600
   requests_total{route="/slow"} 0+2x600
   limit{route="/"} 250x600`,
)

describe('an instant query', () => {
  const cases: [sentence: string, expr: string, value: Value][] = [
    ['reads a scalar', '1 + 2 * 3', { type: 'scalar', value: 7 }],
    ['reads a string', '"text"', { type: 'string', value: 'text' }],
    [
      'takes the newest sample',
      'limit',
      { type: 'vector', series: [{ labels: { __name__: 'limit', route: '/' }, value: 250 }] },
    ],
    [
      'answers a range vector with its samples, the left edge left out',
      'limit[2s]',
      {
        type: 'matrix',
        series: [
          {
            labels: { __name__: 'limit', route: '/' },
            points: [
              [499_000, 250],
              [500_000, 250],
            ],
          },
        ],
      },
    ],
    [
      'sums a rate by label',
      'sum by (route) (rate(requests_total[1m]))',
      {
        type: 'vector',
        series: [
          { labels: { route: '/' }, value: 1 },
          { labels: { route: '/slow' }, value: 2 },
        ],
      },
    ],
  ]
  test.each(cases)('%s', async (_, expr, value) => {
    expect(await evaluateInstant(source, expr, 500_000)).toEqual(value)
  })

  test('names the place of what is wrong', async () => {
    const wrong = evaluateInstant(source, 'sum(\n  rate(limit))', 500_000)
    await expect(wrong).rejects.toMatchObject({
      message: '2:8: parse error: expected type range vector in call to function "rate", got instant vector',
      kind: 'parse',
      from: 12,
      to: 17,
    })
  })
})

/** Which have steps of their own to go through. */
const experimental = [
  'increase(requests_total[1m] smoothed)',
  'rate(bytes_total[95s] anchored)',
  'increase(errors_total[20s] smoothed offset 1m)',
  'delta(temperature_celsius{instance!="c:3"}[1m] smoothed)',
  'changes(flapping[1m] anchored)',
  'resets(requests_total[5m] anchored)',
  'temperature_celsius smoothed',
  'flapping smoothed',
  'left + ignoring (side) fill (1) right',
  'left - ignoring (side) group_left fill_right (2) right',
  'left > ignoring (side) fill_left (2) right',
  'histogram_quantiles(latency_seconds_bucket, "q", 0.5, scalar(up{instance="a:1"}))',
  'first_over_time(sparse[11m])',
  'mad_over_time(temperature_celsius[2m])',
  'info(up)',
  'rate(typed_total[1m]) and left </ 2',
]

describe('a range query', () => {
  test('answers at each of its steps, its end included', async () => {
    const range = { startMs: 60_000, endMs: 80_000, stepMs: 10_000 }
    const points = [60_000, 70_000, 80_000].map((tMs) => [tMs, 251])
    const matrix = { type: 'matrix', series: [{ labels: { route: '/' }, points }] }
    expect(await evaluateRange(source, 'limit + rate(limit[1m]) + 1', range)).toEqual(matrix)
  })

  test('sorts its series by their labels, and makes a series of a scalar', async () => {
    const range = { startMs: 0, endMs: 0, stepMs: 1 }
    const { series } = await evaluateRange(source, 'sort_desc({route=~".+"})', range)
    expect(series.map(({ labels }) => `${labels.__name__}${labels.route}`)).toEqual([
      'limit/',
      'requests_total/',
      'requests_total/slow',
    ])
    const scalar = { type: 'matrix', series: [{ labels: {}, points: [[0, 3]] }] }
    expect(await evaluateRange(source, '1 + 2', range)).toEqual(scalar)
  })

  test('equals an instant query at each of its steps', { timeout: 120_000 }, async () => {
    const generated = storedSeries(generatedSeries(3))
    const range = { startMs: startMs + 300_000, endMs: startMs + 480_000, stepMs: 13_000 }
    const expressions = generatedExpressions(5, 300).filter((expr) => !/(start|end)\(\)/.test(expr))
    const options = { features: ALL_FEATURES }
    for (const expr of [...expressions, ...experimental]) {
      const matrix = await evaluateRange(generated, expr, range, options).catch((error: PromqlError) => error)
      // An error at one step is the error of the whole range.
      if (matrix instanceof Error) continue
      for (let tMs = range.startMs; tMs <= range.endMs; tMs += range.stepMs) {
        const instant = await evaluateInstant(generated, expr, tMs, options)
        expect([expr, tMs, pairsAt(instant, tMs)]).toEqual([expr, tMs, pairsAt(matrix, tMs)])
      }
    }
  })
})

/** Labels and value of each series at one instant. */
function pairsAt(value: Value, tMs: number): [string, number][] {
  if (value.type === 'vector') return value.series.map(({ labels, value }) => pair(labels, value)).sort()
  if (value.type !== 'matrix') throw new Error('expected series')
  return value.series
    .flatMap(({ labels, points }) => points.filter(([t]) => t === tMs).map(([, v]) => pair(labels, v)))
    .sort()
}

function pair(labels: Matrix['series'][number]['labels'], value: number): [string, number] {
  return [JSON.stringify(Object.entries(labels).sort()), value]
}

describe('a query is bounded', () => {
  const steps = { startMs: 0, endMs: 600_000, stepMs: 1000 }
  const cases: [sentence: string, message: string, ask: () => Promise<unknown>][] = [
    [
      'in its steps',
      'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
      () => evaluateRange(source, 'limit', { startMs: 0, endMs: 11_001_000, stepMs: 1000 }),
    ],
    [
      'in its samples',
      'query processing would load too many samples into memory in query execution',
      () => evaluateRange(source, 'requests_total', steps, { maxSamples: 1000 }),
    ],
    [
      'by its caller',
      'query was canceled in query execution',
      () => evaluateRange(source, 'sum(requests_total)', steps, { signal: AbortSignal.abort() }),
    ],
    [
      'by its caller while series are sought',
      'query was canceled in query execution',
      () => {
        const leaving = new AbortController()
        const endless: SeriesSource = {
          *select() {
            for (;;) yield leaving.abort()
          },
        }
        return evaluateInstant(endless, 'limit', 0, { signal: leaving.signal })
      },
    ],
    [
      'in how long a regular expression is tried',
      'a regular expression would take more than 250000 steps to try a label value of 3000 characters',
      () => {
        const values = { timestampsMs: Float64Array.of(0), values: Float64Array.of(1), stale: undefined }
        const long = storedSeries([{ labels: { __name__: 'long', a: 'x'.repeat(3000) }, ...values }])
        return evaluateInstant(long, 'long{a=~"[a-w]{500}.*"}', 0)
      },
    ],
    [
      'in the steps of a subquery',
      'query processing would load too many samples into memory in query execution',
      () => evaluateInstant(source, 'sum_over_time(vector(1)[251s:1ms])', 0),
    ],
    [
      'in its time',
      'query timed out in query execution',
      () => evaluateRange(source, 'limit', steps, { signal: AbortSignal.abort(new DOMException('', 'TimeoutError')) }),
    ],
    [
      'to types that have a value at each step',
      'invalid expression type "range vector" for range query, must be Scalar or instant Vector',
      () => evaluateRange(source, 'limit[5m]', steps),
    ],
    [
      'to steps that go forward',
      'zero or negative query resolution step widths are not accepted. Try a positive integer',
      () => evaluateRange(source, 'limit', { ...steps, stepMs: 0 }),
    ],
  ]
  test.each(cases)('%s', async (_, message, ask) => {
    await expect(ask()).rejects.toMatchObject({ name: 'PromqlError', message })
  })

  test('and lets the event loop turn meanwhile', async () => {
    const many = seriesList(
      Array.from({ length: 2000 }, (_, i) => ({
        labels: { __name__: 'wide_total', i: String(i) },
        timestampsMs: Float64Array.from({ length: 100 }, (_, k) => k * 1000),
        values: Float64Array.from({ length: 100 }, (_, k) => k),
        stale: undefined,
      })),
    )
    let turns = 0
    const turn = setInterval(() => turns++, 1)
    await evaluateRange(many, 'sum(stddev_over_time(wide_total[90s]))', { startMs: 0, endMs: 100_000, stepMs: 1000 })
    clearInterval(turn)
    expect(turns).toBeGreaterThan(1)
  })

  test('and within one series whose windows are long', async () => {
    let isOver = false
    let turns = 0
    const turn = () => {
      turns++
      if (!isOver) setImmediate(turn)
    }
    setImmediate(turn)
    const range = { startMs: 0, endMs: 500_000, stepMs: 1000 }
    await evaluateRange(source, 'quantile_over_time(0.9, vector(time())[3h:1s])', range)
    isOver = true
    expect(turns).toBeGreaterThan(10)
  })
})
