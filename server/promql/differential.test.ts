// The same series and the same questions for a real Prometheus and for this engine: the answers must be the same.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findPrometheus, PROMETHEUS_ADVICE } from '../../scripts/find-prometheus.mjs'
import type { Outcome } from './differential/answers'
import { difference } from './differential/answers'
import { generatedExpressions } from './differential/generated-expressions'
import { generatedSeries, startMs } from './differential/generated-series'
import { Newer } from './differential/newer'
import { RealPrometheus } from './differential/real-prometheus'
import { evaluateInstant, evaluateRange } from './engine'
import { PromqlError } from './promql-error'
import { storedSeries } from './testing/stored-series'
import type { Range, Value } from './value'

const seed = 1
const generatedCount = 1500
const series = generatedSeries(seed)
const source = storedSeries(series)

const instants = [startMs + 3000, startMs + 900_000, startMs + 1_234_567]
const ranges: Range[] = [
  { startMs: startMs - 60_000, endMs: startMs + 2_200_000, stepMs: 30_000 },
  { startMs: startMs + 600_123, endMs: startMs + 800_000, stepMs: 7000 },
]

const program = findPrometheus()
const isMissing = program === undefined && !process.env.CI

describe('a real Prometheus and this engine agree', () => {
  let prometheus: RealPrometheus
  let newer: Newer
  beforeAll(async () => {
    if (isMissing) return
    if (program === undefined) throw new Error(`There is no Prometheus. ${PROMETHEUS_ADVICE}`)
    prometheus = await RealPrometheus.start(program)
    await prometheus.write(series)
    newer = new Newer(await prometheus.version())
  })
  afterAll(() => prometheus?.stop())

  test('on expressions written by hand', { timeout: 300_000 }, async ({ skip }) => {
    if (isMissing) skip(`There is no Prometheus. ${PROMETHEUS_ADVICE}`)
    const text = readFileSync(new URL('./differential/expressions.promql', import.meta.url), 'utf8')
    const expressions = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    expect(await differences(prometheus, expressions, newer)).toEqual([])
    expect(newer.unseen).toEqual([])
  })

  test('on expressions made at random', { timeout: 300_000 }, async ({ skip }) => {
    if (isMissing) skip(`There is no Prometheus. ${PROMETHEUS_ADVICE}`)
    expect(await differences(prometheus, generatedExpressions(seed, generatedCount), newer)).toEqual([])
  })
})

/** For each expression on which the two don't agree, the first difference that no later version explains. */
async function differences(prometheus: RealPrometheus, expressions: string[], newer: Newer): Promise<string[]> {
  const found: string[] = []
  const waiting = expressions.values()
  const work = async () => {
    for (const expr of waiting) {
      const first = await firstDifference(prometheus, expr, newer)
      if (first !== undefined) found.push(`${expr}: Prometheus gave ${first}`)
    }
  }
  await Promise.all(Array.from({ length: 8 }, work))
  return found
}

async function firstDifference(prometheus: RealPrometheus, expr: string, newer: Newer): Promise<string | undefined> {
  for (const atMs of instants) {
    const ours = await outcome((onAnnotation) =>
      evaluateInstant(source, expr, atMs, { features: newer.features, onAnnotation }),
    )
    const isOrdered = /^(sort|topk|bottomk)/.test(expr)
    const different = difference(await prometheus.instant(expr, atMs), ours, isOrdered)
    if (different !== undefined && !newer.explains(expr, different)) return `at ${atMs - startMs} ms ${different}`
  }
  for (const range of ranges) {
    const ours = await outcome((onAnnotation) =>
      evaluateRange(source, expr, range, { features: newer.features, onAnnotation }),
    )
    const different = difference(await prometheus.range(expr, range), ours, true)
    if (different !== undefined && !newer.explains(expr, different)) return `for a range ${different}`
  }
  return undefined
}

async function outcome(
  evaluate: (onAnnotation: (annotation: { message: string }) => void) => Promise<Value>,
): Promise<Outcome> {
  const annotations: string[] = []
  try {
    const value = await evaluate(({ message }) => annotations.push(message))
    return { value, annotations }
  } catch (error) {
    if (error instanceof PromqlError) return { error: error.message }
    throw error
  }
}
