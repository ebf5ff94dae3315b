import { describe, expect, test } from 'vitest'
import type { Panel } from '../_boards/panel'
import type { LiveBoard } from '../_live/live-board'
import { toFace } from './face'

const panel: Panel = {
  id: 'p',
  title: 'P',
  subtitle: '',
  unit: 'count',
  help: '',
  empty: 'Send one',
  chart: 'lines',
  queries: [{ expr: 'a', legend: 'a' }],
}

function boardOf(values: (number | null)[] | undefined, changes: Partial<LiveBoard> = {}): LiveBoard {
  const series = values === undefined ? [] : [{ key: '', labels: {}, values }]
  return {
    timesMs: [1],
    stepMs: 1,
    series: () => series,
    error: () => undefined,
    state: 'live',
    newestMs: 1,
    hasHistory: true,
    ...changes,
  }
}

const REASON = { message: 'unknown function' }

describe('the face of a panel', () => {
  test.each([
    ['waiting for the history, it loads', boardOf(undefined, { hasHistory: false }), { kind: 'loading' }],
    ['with a number it is live', boardOf([null, 0]), { kind: 'live' }],
    ['paused, it keeps showing', boardOf([1], { state: 'paused' }), { kind: 'live' }],
    ['without a series it is empty', boardOf(undefined), { kind: 'empty', text: 'Send one' }],
    ['with nothing but gaps it is empty', boardOf([null]), { kind: 'empty', text: 'Send one' }],
    ['0/0 alone is nothing to draw', boardOf([Number.NaN]), { kind: 'empty', text: 'Send one' }],
    ['infinity is a value', boardOf([Number.POSITIVE_INFINITY]), { kind: 'live' }],
    ['cut off, it keeps its values', boardOf([1], { state: 'reconnecting' }), { kind: 'lost', hasValues: true }],
    ['stale, it keeps its values', boardOf([1], { state: 'stale' }), { kind: 'lost', hasValues: true }],
    [
      'cut off before anything came, it says so',
      boardOf(undefined, { state: 'stale' }),
      { kind: 'lost', hasValues: false },
    ],
    ['refused, it says why', boardOf([1], { error: () => REASON }), { kind: 'lost', reason: REASON, hasValues: true }],
  ])('%s', (_, board, face) => {
    expect(toFace(panel, ['a'], board)).toMatchObject(face)
  })

  test('empty because of the chosen route, it names the route', () => {
    const ofRoute = {
      ...panel,
      empty: 'No requests in the last $range.',
      queries: [{ expr: 'a{route=~"$route"}', legend: 'a' }],
    }
    const text = 'No requests to `/x` in the last $range.'
    expect(toFace(ofRoute, ['a'], boardOf(undefined), { route: '/x' })).toEqual({ kind: 'empty', text })
    expect(toFace(panel, ['a'], boardOf(undefined), { route: '/x' })).toEqual({ kind: 'empty', text: 'Send one' })
  })

  test('empty because the target is down, it says that', () => {
    const face = toFace(panel, ['a'], boardOf(undefined), { isThisApp: false, isDown: true })
    expect(face).toEqual({ kind: 'empty', text: 'No values in the last $range: `$target` is down.' })
  })

  test('empty for another target, it names the metrics that it reads', () => {
    const queries = [
      { expr: 'sum(rate(a_total{$target}[$__rate_interval])) or 0 * sum(a_total{$target})', legend: 'a' },
      { expr: 'b:c{$target}', legend: 'b' },
    ]
    const text = 'No values in the last $range. This panel reads `a_total` and `b:c` from `$target`.'
    const watched = { isThisApp: false }
    expect(toFace({ ...panel, queries }, ['a'], boardOf(undefined), watched)).toEqual({ kind: 'empty', text })
  })

  test('a histogram of zeros is empty, a rate of zero is not', () => {
    expect(toFace({ ...panel, chart: 'heatmap' }, ['a'], boardOf([0, 0])).kind).toBe('empty')
    expect(toFace({ ...panel, chart: 'stack' }, ['a'], boardOf([0, 0])).kind).toBe('live')
  })
})
