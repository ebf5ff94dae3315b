import { describe, expect, test } from 'vitest'
import type { ChartLine } from './chart-line'
import { toCurves, toStack } from './curves'

const line = (...values: (number | null)[]): ChartLine => ({ key: String(values), name: '', colour: 'ok', values })
const frame = { startMs: 10, endMs: 30, ticksMs: [] }

describe('curves', () => {
  test('begin where the frame begins', () => {
    expect(toCurves([0, 10, 30], [line(1, 2, 3)], frame)).toEqual({ timesMs: [10, 30], curves: [[2, 3]] })
  })

  test('have gaps for NaN, the infinities and null', () => {
    const { curves } = toCurves([10, 20, 30], [line(Number.NaN, Number.POSITIVE_INFINITY, null)], frame)
    expect(curves).toEqual([[null, null, null]])
  })

  test('of a line without an answer are one gap', () => {
    expect(toCurves([10, 20], [line(), line(7, 8)], frame).curves).toEqual([
      [null, null],
      [7, 8],
    ])
  })

  test('before the frame there are none', () => {
    expect(toCurves([0], [line(1)], frame)).toEqual({ timesMs: [], curves: [[]] })
  })
})

describe('a stack', () => {
  test('adds each curve to those below it', () => {
    expect(
      toStack([
        [1, 2],
        [10, 20],
      ]),
    ).toEqual([
      [1, 2],
      [11, 22],
    ])
  })

  test('a curve without a value lets the others stand, and a gap in all is a gap', () => {
    expect(
      toStack([
        [null, null, 1],
        [5, null, null],
      ]),
    ).toEqual([
      [0, null, 1],
      [5, null, 1],
    ])
  })
})
