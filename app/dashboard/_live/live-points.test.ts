import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LiveEvent } from '@/server/trpc/live-event'
import type { LivePoints } from './live-points'
import { applyEvent, NO_POINTS, toHistory } from './live-points'

const RANGE_MS = 10_000
const STEP_MS = 2_000

const tick = (
  timesMs: number[],
  points: LiveEvent['values'][number]['points'],
  more: Partial<LiveEvent> = {},
): LiveEvent => ({
  isReset: false,
  timesMs,
  named: [],
  values: [{ id: 0, points }],
  errors: [],
  ...more,
})
const named = [{ id: 0, query: 0, labels: { route: '/' } }]
const apply = (events: LiveEvent[]): LivePoints =>
  events.reduce((points, event) => applyEvent(points, event, RANGE_MS, STEP_MS), NO_POINTS)
const valuesOf = (points: LivePoints) => [...(points.queries.get(0)?.values() ?? [])].map(({ values }) => values)

describe('applyEvent', () => {
  it('appends what is new', () => {
    const points = apply([tick([2_000, 4_000], [1, 2], { isReset: true, named }), tick([6_000], [3])])
    expect(points.timesMs).toEqual([2_000, 4_000, 6_000])
    expect(valuesOf(points)).toEqual([[1, 2, 3]])
  })

  it('replaces the newest point when it lay between two steps', () => {
    const points = apply([tick([2_000, 3_000], [1, 2], { isReset: true, named }), tick([4_000], [3])])
    expect(points.timesMs).toEqual([2_000, 4_000])
    expect(valuesOf(points)).toEqual([[1, 3]])
  })

  it('forgets what is older than the range', () => {
    const points = apply([tick([2_000, 4_000], [1, 2], { isReset: true, named }), tick([12_000], [3])])
    expect(points.timesMs).toEqual([4_000, 12_000])
    expect(valuesOf(points)).toEqual([[2, 3]])
  })

  it('keeps a silence as a gap, and drops a series that has only gaps left', () => {
    const other: LiveEvent = {
      isReset: false,
      timesMs: [6_000],
      named: [{ id: 1, query: 0, labels: { route: '/b' } }],
      values: [{ id: 1, points: [5] }],
      errors: [],
    }
    const first = tick([4_000], [2], { isReset: true, named })
    expect(valuesOf(apply([first, other]))).toEqual([
      [null, 5],
      [2, null],
    ])
    expect(valuesOf(apply([first, other, { ...other, named: [], timesMs: [14_000] }]))).toEqual([[5, 5]])
  })

  it('follows a new stream that numbers the series anew', () => {
    const again = tick([6_000], [9], {
      named: [{ id: 7, query: 0, labels: { route: '/' } }],
      values: [{ id: 7, points: [9] }],
    })
    expect(valuesOf(apply([tick([4_000], [2], { isReset: true, named }), again]))).toEqual([[2, 9]])
  })

  it('starts over at a reset', () => {
    const points = apply([tick([4_000], [2], { isReset: true, named }), tick([2_000], [1], { isReset: true, named })])
    expect(points.timesMs).toEqual([2_000])
    expect(valuesOf(points)).toEqual([[1]])
  })

  it('lets NaN and the infinities through', () => {
    const points = apply([tick([2_000, 4_000, 6_000, 8_000], ['NaN', '+Inf', '-Inf', '-0'], { isReset: true, named })])
    expect(valuesOf(points)).toEqual([[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0]])
  })

  it('has one value of each series for each instant, whatever came', () => {
    const event = fc.record({
      gapMs: fc.integer({ min: 1, max: 5_000 }),
      ids: fc.uniqueArray(fc.integer({ min: 0, max: 4 })),
      isReset: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (steps) => {
        let atMs = 0
        let points = NO_POINTS
        for (const { gapMs, ids, isReset } of steps) {
          atMs += gapMs
          const names = ids.map((id) => ({ id, query: id % 2, labels: { id: String(id) } }))
          const values = ids.map((id) => ({ id, points: [atMs] }))
          points = applyEvent(points, { isReset, timesMs: [atMs], named: names, values, errors: [] }, RANGE_MS, STEP_MS)
          expect(points.timesMs.at(-1)).toBe(atMs)
          expect(points.timesMs.every((tMs, i) => tMs > atMs - RANGE_MS && tMs > (points.timesMs[i - 1] ?? 0))).toBe(
            true,
          )
          for (const rows of points.queries.values()) {
            for (const { values: column } of rows.values()) {
              expect(column).toHaveLength(points.timesMs.length)
              column.forEach((value, i) => {
                expect([null, points.timesMs[i]]).toContain(value)
              })
            }
          }
        }
      }),
    )
  })
})

describe('toHistory', () => {
  const rowsOf = ({ timesMs, queries, errors }: LivePoints) => ({ timesMs, queries, errors })
  const again = (points: LivePoints) => applyEvent(NO_POINTS, toHistory(points), RANGE_MS, STEP_MS)
  const first = tick([2_000, 4_000], [1, 'NaN'], { isReset: true, named, errors: [{ query: 1, message: 'no' }] })

  it('is the same points again, and the next event follows them', () => {
    const points = apply([first, tick([6_000], ['+Inf'])])
    expect(rowsOf(again(points))).toEqual(rowsOf(points))
    const next = tick([8_000], [4])
    expect(rowsOf(applyEvent(again(points), next, RANGE_MS, STEP_MS))).toEqual(
      rowsOf(applyEvent(points, next, RANGE_MS, STEP_MS)),
    )
  })

  it('has what another stream named, also where its number is another series’ now', () => {
    const other = { named: [{ id: 0, query: 0, labels: { route: '/b' } }] }
    const points = apply([first, tick([6_000], [3], other)])
    expect(rowsOf(again(points))).toEqual(rowsOf(points))
    expect(valuesOf(again(points))).toHaveLength(2)
  })
})
