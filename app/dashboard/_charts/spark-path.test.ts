import { describe, expect, test } from 'vitest'
import { toSparkPath } from './spark-path'

const frame = { startMs: 0, endMs: 10, ticksMs: [] }

describe('a sparkline', () => {
  test('is as wide as the frame and leaves a little room above', () => {
    expect(toSparkPath([0, 10], [0, 1], frame).line).toBe('M0.0 99.0L1000.0 13.8')
  })

  test('breaks at a gap, at NaN and at infinity', () => {
    for (const hole of [null, Number.NaN, Number.POSITIVE_INFINITY]) {
      const { line, area } = toSparkPath([0, 2, 4, 6, 8], [1, 1, hole, 1, 1], frame)
      expect(line.match(/M/g)).toHaveLength(2)
      expect(area.match(/Z/g)).toHaveLength(2)
    }
  })

  test('of nothing is nothing', () => {
    expect(toSparkPath([], [], frame)).toEqual({ line: '', area: '' })
  })

  test('of zeros lies at the bottom', () => {
    expect(toSparkPath([0, 10], [0, 0], frame).line).toBe('M0.0 99.0L1000.0 99.0')
  })
})
