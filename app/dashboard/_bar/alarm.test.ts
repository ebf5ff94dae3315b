import { describe, expect, test } from 'vitest'
import { boardExprs } from '../_boards/board-exprs'
import { overview } from '../_boards/overview'
import type { LiveBoard } from '../_live/live-board'
import { inventBoard } from '../_panels/invented-board'
import { inventTarget } from '../_state/invented-target'
import { toVariables } from '../_state/to-variables'
import { DEFAULT_VIEW } from '../_state/view'
import { toAlarm, toTitle } from './alarm'

const variables = toVariables({ ...DEFAULT_VIEW, rangeMs: 3_600_000 }, 1000, 'job="hearth"')
const chosen = inventTarget('hearth', 'localhost:3000')
const isShare = (window: string) => (expr: string) => expr.includes(' or 0 * ') && expr.includes(window)

/** A board on which all is well, but for the expressions that `isOther` tells. */
function alarmOf(isOther: (expr: string) => boolean, value: number | null, changes: Partial<LiveBoard> = {}) {
  const board = inventBoard(10_000, {
    series: (expr) => [{ key: '', labels: {}, values: [isOther(expr) ? value : 0] }],
    ...changes,
  })
  return toAlarm({ asked: overview, board, variables, chosen })
}

describe('the alarm', () => {
  test.each([
    ['is none of note while all is well', () => false, 0, 'Overview · Hearth'],
    ['tells the errors of the range', isShare('[1h]'), 0.12, '● 12.0% errors · Hearth'],
    ['tells those of the last minute that an hour dilutes', isShare('[1m]'), 0.02, '▲ 2.0% errors · Hearth'],
    ['tells a slow percentile', (expr: string) => expr.includes('0.95, sum by (le)'), 3, '● p95 3.0 s · Hearth'],
    [
      'tells a heap near its limit',
      (expr: string) => expr.includes('heap_size_limit'),
      0.95,
      '● heap 95.0% full · Hearth',
    ],
    ['tells nothing of what has no value', () => true, null, 'Overview · Hearth'],
  ])('%s', (_, isOther, value, title) => expect(toTitle(alarmOf(isOther, value), 'Overview')).toBe(title))

  test.each(['reconnecting', 'stale', 'full'] as const)('tells that nothing comes while the page is %s', (state) => {
    expect(alarmOf(() => false, 0, { state })).toEqual({ level: 'bad', text: 'no new values' })
  })

  test('tells that the chosen target is down', () => {
    const down = { ...chosen, up: false }
    expect(toAlarm({ asked: overview, board: inventBoard(10_000), variables, chosen: down })?.text).toBe('target down')
  })

  test('judges by expressions that the board asks', () => {
    const { exprs, instantExprs } = boardExprs(overview, variables)
    const judged = overview.places.flatMap((place) => place.panels).flatMap((panel) => panel.queries)
    expect(judged.filter(({ thresholds }) => thresholds !== undefined)).toHaveLength(12)
    expect([...exprs, ...instantExprs].length).toBeGreaterThan(12)
  })
})
