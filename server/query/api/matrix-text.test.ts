import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Column } from '../../promql/columns'
import { formatSampleValue } from '../../promql/go-float'
import { bodyOf } from './json-text'
import { matrixText } from './matrix-text'

async function jsonOf(columns: Column[], startMs: number, stepMs: number) {
  const steps = { startMs, stepMs, count: columns[0]?.values.length ?? 3 }
  return JSON.parse(`{${await new Response(await bodyOf(matrixText({ columns, steps }))).text()}}`)
}
const columnOf = (labels: Column['labels'], values: (number | undefined)[]): Column => ({
  labels,
  values: Float64Array.from(values, (value) => value ?? 7),
  present: Uint8Array.from(values, (value) => (value === undefined ? 0 : 1)),
})

it('writes what is present, at its time', async () => {
  const columns = [columnOf({ a: 'é"' }, [undefined, 2, 1e-7]), columnOf({}, [-0, undefined, Number.NaN])]
  expect(await jsonOf(columns, -1500, 1000)).toEqual({
    resultType: 'matrix',
    result: [
      {
        metric: { a: 'é"' },
        values: [
          [-0.5, '2'],
          [0.5, '1e-07'],
        ],
      },
      {
        metric: {},
        values: [
          [-1.5, '-0'],
          [0.5, 'NaN'],
        ],
      },
    ],
  })
  expect(await jsonOf([], 0, 1)).toEqual({ resultType: 'matrix', result: [] })
})

it('writes every value as it is written alone', async () => {
  const value = fc.oneof(
    fc.integer(),
    fc.double(),
    fc.integer({ min: -20, max: 20 }).map((n) => n / 4),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(value, { minLength: 1 }), async (values) => {
      const { result } = await jsonOf([columnOf({}, values)], 1_700_000_000_000, 15_001)
      const expected = values.map((one, i) => [(1_700_000_000_000 + i * 15_001) / 1000, formatSampleValue(one)])
      expect(result).toEqual([{ metric: {}, values: expected }])
    }),
  )
})
