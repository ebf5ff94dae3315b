import { expect, test } from 'vitest'
import type { ExemplarSeries } from '../storage/exemplar-storage'
import { largestExemplars, MOST_EXEMPLARS } from './exemplars'

function largestOf(all: readonly ExemplarSeries[]) {
  const steps = largestExemplars(all)
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
  }
}

const seriesOf = (route: string, ...points: [value: number, timestampMs: number][]): ExemplarSeries => ({
  labels: { route },
  exemplars: points.map(([value, timestampMs]) => ({ labels: { trace_id: `${value}` }, value, timestampMs })),
})

test('the largest of all series come first, each with the labels of its series', () => {
  expect(largestOf([seriesOf('/a', [1, 10], [3, 20]), seriesOf('/b', [2, 30])])).toEqual({
    exemplars: [
      { series: { route: '/a' }, labels: { trace_id: '3' }, value: 3, timeMs: 20 },
      { series: { route: '/b' }, labels: { trace_id: '2' }, value: 2, timeMs: 30 },
      { series: { route: '/a' }, labels: { trace_id: '1' }, value: 1, timeMs: 10 },
    ],
    total: 3,
  })
})

test('of two with the same value the newer comes first', () => {
  expect(largestOf([seriesOf('/a', [1, 10], [1, 20])]).exemplars.map(({ timeMs }) => timeMs)).toEqual([20, 10])
})

test('there are few of them, and how many there were is said', () => {
  const many = Array.from({ length: 1_000 }, (_, i): [number, number] => [(i * 7919) % 1_000, i])
  const { exemplars, total } = largestOf([seriesOf('/a', ...many)])
  expect(exemplars.map(({ value }) => value)).toEqual(Array.from({ length: MOST_EXEMPLARS }, (_, i) => 999 - i))
  expect(total).toBe(1_000)
})

test('what is no number that can be drawn is left out', () => {
  expect(largestOf([seriesOf('/a', [Number.NaN, 1], [Number.POSITIVE_INFINITY, 2])])).toEqual({
    exemplars: [],
    total: 0,
  })
})
