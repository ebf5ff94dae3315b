import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ALL_FEATURES } from '../features'
import { generatedSeries, startMs } from './differential/generated-series'
import type { EvaluateOptions } from './engine'
import { evaluateInstant, evaluateRange } from './engine'
import type { SeriesSource } from './evaluation'
import { PromqlError } from './promql-error'
import { SharedWork } from './shared-work'
import { expression } from './testing/arbitrary-expression'
import { load } from './testing/series-notation'
import { storedSeries } from './testing/stored-series'

const source = storedSeries(generatedSeries(4))
const range = { startMs: startMs + 600_000, endMs: startMs + 660_000, stepMs: 13_000 }
const atInstant = (expr: string, options: EvaluateOptions) =>
  evaluateInstant(source, expr, startMs + 900_000, { ...options, features: ALL_FEATURES })
const overRange = (expr: string, options: EvaluateOptions) =>
  evaluateRange(source, expr, range, { ...options, features: ALL_FEATURES })

/** All that a caller learns: the value or the error, and the remarks. */
async function outcome(evaluate: typeof atInstant, expr: string, options: EvaluateOptions) {
  const annotations: unknown[] = []
  const onAnnotation: EvaluateOptions['onAnnotation'] = (annotation) => annotations.push(annotation)
  try {
    return { value: await evaluate(expr, { ...options, onAnnotation }), annotations }
  } catch (error) {
    if (error instanceof PromqlError) return { ...error, message: error.message }
    throw error
  }
}

describe('queries that share their work are answered as each would be alone', () => {
  test.each([
    ['at an instant', atInstant],
    ['over a range', overRange],
  ])('%s', { timeout: 120_000 }, async (_, evaluate) => {
    const someSamples = fc.option(fc.integer({ min: 1, max: 3000 }), { nil: undefined })
    await fc.assert(
      fc.asyncProperty(fc.array(expression, { minLength: 2, maxLength: 8 }), someSamples, async (exprs, maxSamples) => {
        const shared = new SharedWork()
        const together = await Promise.all(exprs.map((expr) => outcome(evaluate, expr, { maxSamples, shared })))
        const later = await Promise.all(exprs.map((expr) => outcome(evaluate, expr, { maxSamples, shared })))
        const alone = await Promise.all(exprs.map((expr) => outcome(evaluate, expr, { maxSamples })))
        expect(together).toEqual(alone)
        expect(later).toEqual(alone)
      }),
      { numRuns: 60 },
    )
  })
})

/** The source, and what it was asked for. */
function watched(of: SeriesSource) {
  const asked: string[] = []
  const source: SeriesSource = {
    select: (matchers, fromMs, toMs) => {
      asked.push(`${matchers[0]?.value} ${fromMs} ${toMs}`)
      return of.select(matchers, fromMs, toMs)
    },
  }
  return { source, asked }
}

const few = load(1000, 'a_total{x="1"} 0+1x60\n a_total{x="2"} 0+2x60')

test('what is equal is evaluated once at each moment', async () => {
  const { source, asked } = watched(few)
  const shared = new SharedWork()
  const exprs = ['sum(rate(a_total[30s]))', 'rate(a_total[30s])', '2 * sum by (x) (rate(a_total[30s]))']
  await Promise.all(exprs.map((expr) => evaluateInstant(source, expr, 60_000, { shared })))
  expect(asked).toEqual(['a_total 30000 60000'])
  await evaluateInstant(source, 'rate(a_total[30s])', 59_000, { shared })
  expect(asked).toEqual(['a_total 30000 60000', 'a_total 29000 59000'])
})

test('who is abandoned takes nothing from the others', async () => {
  const shared = new SharedWork()
  const leaves = new AbortController()
  const left = evaluateInstant(few, 'sum(rate(a_total[30s]))', 60_000, { shared, signal: leaves.signal })
  const stays = evaluateInstant(few, 'sum(rate(a_total[30s]))', 60_000, { shared })
  leaves.abort()
  await expect(left).rejects.toThrow('query was canceled')
  expect(await stays).toEqual({ type: 'vector', series: [{ labels: {}, value: 3 }] })
})
