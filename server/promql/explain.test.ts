import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ALL_FEATURES } from '../features'
import { MemoryPool } from '../memory-pool'
import { generatedSeries, startMs } from './differential/generated-series'
import type { EvaluateOptions } from './engine'
import { evaluateInstant, evaluateRange } from './engine'
import type { ExplainTimes } from './explain'
import { explain } from './explain'
import type { Explained, ExplainedNode } from './explained'
import { expression } from './testing/arbitrary-expression'
import { load } from './testing/series-notation'
import { storedSeries } from './testing/stored-series'
import type { Value } from './value'

const source = storedSeries(generatedSeries(4))
const range = { startMs: startMs + 600_000, endMs: startMs + 660_000, stepMs: 13_000 }
const instant = { atMs: startMs + 900_000 }

function nodesOf(node: ExplainedNode): ExplainedNode[] {
  return [node, ...node.children.flatMap(nodesOf)]
}

/** What the API has for the part alone: the size of the answer, its first series at every step, and the samples. */
async function alone(expr: string, times: ExplainTimes) {
  let samples = 0
  const options: EvaluateOptions = { features: ALL_FEATURES, onSamples: (count) => (samples = count) }
  try {
    const value =
      'atMs' in times
        ? await evaluateInstant(source, expr, times.atMs, options)
        : await evaluateRange(source, expr, times, options)
    const series = seriesOf(value)
    return { series: series.length, first: series.slice(0, 10), samples }
  } catch {
    return 'an error'
  }
}

function seriesOf(value: Value) {
  if (value.type === 'matrix')
    return value.series.map(({ labels, points }) => ({ labels, values: points.map(([, v]) => v) }))
  if (value.type === 'vector') return value.series.map(({ labels, value }) => ({ labels, values: [value] }))
  return [{ labels: {}, values: [value.value] }]
}

function told({ described, error, samples }: ExplainedNode) {
  if (error !== undefined) return 'an error'
  const first = described?.shown.map(({ labels, present, values }) => {
    return { labels, values: Array.from(values).filter((_, step) => present[step] === 1) }
  })
  return { series: described?.series, first, samples }
}

describe('each part has what the API answers when it is asked alone', () => {
  test.each<[string, ExplainTimes]>([
    ['at an instant', instant],
    ['over a range', range],
  ])('%s', { timeout: 120_000 }, async (_, times) => {
    await fc.assert(
      fc.asyncProperty(expression, async (text) => {
        const { root } = await explain(source, text, times, { features: ALL_FEATURES })
        for (const node of nodesOf(root)) {
          if (node.steps === 'none' || node.steps === 'subquery') continue
          const part = text.slice(node.from, node.to)
          const expected = await alone(part, times)
          if (node.type !== 'matrix') expect({ part, ...Object(told(node)) }).toEqual({ part, ...Object(expected) })
          else if ('atMs' in times && expected !== 'an error') {
            expect({ part, series: node.described?.series, samples: node.samples }).toEqual({
              part,
              series: expected.series,
              samples: expected.samples,
            })
          }
        }
      }),
      { numRuns: 150 },
    )
  })
})

const few = load(1000, 'a_total{x="1",y="1"} 0+1x60\n a_total{x="2",y="1"} 0+2x60\n b 7+0x60')

const explainFew = (text: string, times: ExplainTimes = { atMs: 60_000 }, options: EvaluateOptions = {}) =>
  explain(few, text, times, options)

/** Each part on a line: its text, type, steps, series. */
function outline({ root }: Explained): string[] {
  const lines = (node: ExplainedNode, depth: number): string[] => {
    const { described, error, steps, text, type } = node
    const line = `${'  '.repeat(depth)}${text} | ${type} | ${steps} | ${error ?? described?.series ?? '-'}`
    return [line, ...node.children.flatMap((child) => lines(child, depth + 1))]
  }
  return lines(root, 0)
}

const overTen = { startMs: 50_000, endMs: 60_000, stepMs: 1000 }

test('the tree has every part, printed, with what it comes to', async () => {
  expect(outline(await explainFew('sum by(x)(rate(a_total[10s])) > on() group_left() (b)', overTen))).toEqual([
    'sum by (x) (rate(a_total[10s])) > on () group_left () (b) | vector | query | 0',
    '  sum by (x) (rate(a_total[10s])) | vector | query | 2',
    '    rate(a_total[10s]) | vector | query | 2',
    '      a_total[10s] | matrix | query | 2',
    '  (b) | vector | query | 1',
    '    b | vector | query | 1',
  ])
})

test('what stands below @ is evaluated once, what stands in a subquery at its steps, and a text not at all', async () => {
  expect(outline(await explainFew('max_over_time((b + 1)[10s:5s]) + sum(a_total @ 30)', overTen)).slice(1)).toEqual([
    '  max_over_time((b + 1)[10s:5s]) | vector | query | 1',
    '    (b + 1)[10s:5s] | matrix | query | 1',
    '      (b + 1) | vector | subquery | 1',
    '        b + 1 | vector | subquery | 1',
    '          b | vector | subquery | 1',
    '          1 | scalar | subquery | 1',
    '  sum(a_total @ 30.000) | vector | query | 1',
    '    a_total @ 30.000 | vector | once | 2',
  ])
  const { root } = await explainFew('label_replace(b, "x", "$1", "y", "(.*)")')
  expect(root.children.map(({ steps, described }) => [steps, described?.series])).toEqual([
    ['query', 1],
    ...Array.from({ length: 4 }, () => ['none', undefined]),
  ])
})

test('labels are counted, the name first, then those with most values', async () => {
  const { root } = await explainFew('a_total')
  expect(root.described?.labels).toEqual([
    { name: '__name__', values: 1, top: [{ value: 'a_total', series: 2 }] },
    {
      name: 'x',
      values: 2,
      top: [
        { value: '1', series: 1 },
        { value: '2', series: 1 },
      ],
    },
    { name: 'y', values: 1, top: [{ value: '1', series: 2 }] },
  ])
})

test('the time of a part is its own, and with its parts it is their sum', async () => {
  const { root } = await explainFew('sum(rate(a_total[10s])) * 2', overTen)
  for (const { children, ownMs = 0, totalMs = 0, type } of nodesOf(root)) {
    if (type === 'matrix') expect(ownMs).toBe(0)
    expect(totalMs).toBeCloseTo(
      children.reduce((sum, child) => sum + (child.totalMs ?? 0), ownMs),
      9,
    )
  }
})

test('a part that fails says why, and so does what is around it; its neighbours are told', async () => {
  const lines = outline(await explainFew('sum(-{x="1"} + on(x) a_total) or b + on() a_total'))
  expect(lines.map((line) => line.replace(/found duplicate.*;/, '... '))).toEqual([
    'sum(-{x="1"} + on (x) a_total) or b + on () a_total | vector | query | ... many-to-many matching not allowed: matching labels must be unique on one side',
    '  sum(-{x="1"} + on (x) a_total) | vector | query | 1',
    '    -{x="1"} + on (x) a_total | vector | query | 1',
    '      -{x="1"} | vector | query | 1',
    '        {x="1"} | vector | query | 1',
    '      a_total | vector | query | 2',
    '  b + on () a_total | vector | query | ... many-to-many matching not allowed: matching labels must be unique on one side',
    '    b | vector | query | 1',
    '    a_total | vector | query | 2',
  ])
})

test('a subquery of too many steps is refused before anything of it is evaluated', async () => {
  const lines = outline(await explainFew('max_over_time(b[1y:1ms])'))
  const refusal = 'query processing would load too many samples into memory in query execution'
  expect(lines).toEqual([
    `max_over_time(b[1y:1ms]) | vector | query | ${refusal}`,
    `  b[1y:1ms] | matrix | query | ${refusal}`,
    '    b | vector | none | -',
  ])
})

test('too many parts are refused', async () => {
  const sum = Array.from({ length: 60 }, () => 'b').join(' + ')
  await expect(explainFew(sum)).rejects.toThrow('expected an expression of at most 100 parts to explain, got 119')
})

test('a wrong expression, and one that nobody waits for, are errors', async () => {
  await expect(explainFew('sum(')).rejects.toThrow('parse error')
  await expect(explainFew('b', { atMs: 0 }, { signal: AbortSignal.abort() })).rejects.toThrow('query was canceled')
})

test('the values that are told have a limit, whatever the number of parts and steps', async () => {
  const { root } = await explainFew(Array.from({ length: 50 }, () => 'a_total').join(' or '), {
    startMs: 0,
    endMs: 60_000,
    stepMs: 6,
  })
  const numbers = nodesOf(root)
    .flatMap(({ described }) => described?.shown ?? [])
    .reduce((n, { values }) => n + values.length, 0)
  expect(numbers).toBeLessThan(1024 ** 2 / 8)
})

test('the memory is given back, and what is too much is said at its part', async () => {
  const pool = new MemoryPool(100_000)
  const memory = pool.open()
  const { root } = await explainFew('a_total + b', { startMs: 0, endMs: 60_000, stepMs: 10 }, { memory })
  expect(root.error).toMatch(/more than 0MB of memory/)
  expect(pool.heldBytes).toBe(0)
})
