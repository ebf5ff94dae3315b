// Cases in the notation of Prometheus's own tests, each file and case naming the version whose documentation it is from.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { wrongIn } from './testing/check-case'
import { readPromqlTest } from './testing/promql-test'

const folder = new URL('./testing/cases/', import.meta.url)

describe.each(readdirSync(folder))('%s', (file) => {
  const cases = readPromqlTest(readFileSync(new URL(file, folder), 'utf8'))
  test.each(cases.map((one) => [`line ${one.line}: ${one.expr}`, one] as const))('%s', async (_, one) => {
    expect(await wrongIn(one)).toEqual([])
  })
})

describe('the runner finds what is wrong:', () => {
  const load = 'load 1m\n  a_total{n="1"} 0+60x5\n  a_total{n="2"} 1 _ 3 stale\n\n'
  test.each([
    ['another value', 'eval instant at 1m a_total{n="1"}\n  a_total{n="1"} 61'],
    ['a series too many', 'eval instant at 1m a_total\n  a_total{n="1"} 60'],
    ['a series too few', 'eval instant at 1m nothing\n  a_total{n="1"} 60'],
    ['another order', 'eval instant at 0 sort(a_total)\n  expect ordered\n  a_total{n="2"} 1\n  a_total{n="1"} 0'],
    ['an answer that was to fail', 'eval instant at 1m a_total{n="1"}\n  expect fail'],
    ['another failure', 'eval instant at 1m a_total{\n  expect fail msg: nothing of the kind'],
    ['a failure', 'eval instant at 1m a_total{\n  a_total{n="1"} 60'],
    ['a missing warning', 'eval instant at 1m a_total{n="1"}\n  expect warn\n  a_total{n="1"} 60'],
    ['a remark', 'eval instant at 1m quantile(2, a_total)\n  expect no_warn\n  {} +Inf'],
    ['a value at a step where none is', 'eval range from 0 to 2m step 1m a_total{n="2"}\n  a_total{n="2"} 1 1 _'],
    ['more steps', 'eval range from 0 to 2m step 1m a_total{n="2"}\n  a_total{n="2"} 1 1'],
    ['another text', 'eval instant at 0 "a"\n  expect string "b"'],
    ['NaN', 'eval instant at 1m a_total{n="1"}\n  a_total{n="1"} NaN'],
  ])('%s', async (_, text) => {
    const [one] = readPromqlTest(load + text)
    expect(one && (await wrongIn(one))).toHaveLength(1)
  })

  test.each([
    ['a word that it does not know', 'evaluate a', 'line 1: expected load, eval or clear, got evaluate a'],
    ['a feature that there is not', '# --enable-feature=magic', 'expected feature flags that there are, got magic'],
    ['a histogram', 'load 1m\n  a {{schema:0}}', 'expected values, got {{schema:0}}'],
    ['an expectation of another kind', 'eval instant at 0 a\n  expect luck', 'got expect luck'],
  ])('it refuses %s', (_, text, message) => expect(() => readPromqlTest(text)).toThrow(message))
})
