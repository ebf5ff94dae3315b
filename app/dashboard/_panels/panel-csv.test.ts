import { describe, expect, test } from 'vitest'
import type { Panel, Query } from '../_boards/panel'
import type { LiveBoard, LiveSeries } from '../_live/live-board'
import { toCsv } from './panel-csv'

const T = Date.UTC(2026, 10, 28, 14, 2, 0)
const frame = { startMs: T, endMs: T + 2000, ticksMs: [] }
const series = (labels: Record<string, string>, ...values: (number | null)[]): LiveSeries => ({
  key: JSON.stringify(labels),
  labels,
  values,
})

function csvOf(chart: Panel['chart'], queries: Query[], answers: LiveSeries[][], hidden: string[] = []): string[] {
  const panel: Panel = { id: 'p', title: 'P', subtitle: '', unit: 'count', help: '', empty: '', chart, queries }
  const board: LiveBoard = {
    timesMs: [T - 1000, T, T + 1000, T + 2000],
    stepMs: 1000,
    series: (expr) => answers[Number(expr)] ?? [],
    error: () => undefined,
    state: 'live',
    newestMs: T + 2000,
    hasHistory: true,
  }
  const exprs = queries.map((_, i) => `${i}`)
  return toCsv(panel, exprs, board, frame, new Set(hidden)).split('\r\n')
}

const line = (legend: string): Query => ({ expr: '', legend, colour: 'ok' })

describe('a panel as CSV', () => {
  test('is what lies in the window, a column for each line', () => {
    const answers = [[series({}, 9, 1, 2.5, null)], [series({}, 9, Number.NaN, Number.POSITIVE_INFINITY, 0)]]
    expect(csvOf('lines', [line('p50'), line('p95')], answers)).toEqual([
      'time,p50,p95',
      '2026-11-28T14:02:00.000Z,1,NaN',
      '2026-11-28T14:02:01.000Z,2.5,+Inf',
      '2026-11-28T14:02:02.000Z,,0',
      '',
    ])
  })

  test('leaves out what is hidden', () => {
    const answers = [[series({}, 0, 1, 1, 1)], [series({}, 0, 2, 2, 2)]]
    expect(csvOf('stack', [line('2xx'), line('5xx')], answers, ['2xx {}'])[0]).toBe('time,5xx')
  })

  test('of instant queries is a table: labels, and a column for each query', () => {
    const instant = (legend: string): Query => ({ expr: '', legend, isInstant: true })
    const a = { method: 'GET', route: '/a' }
    const b = { method: 'GET', route: '/b' }
    const answers = [
      [series(a, null, null, null, 3), series(b, null, null, null, 4)],
      [series(b, null, null, null, 0.5)],
    ]
    expect(csvOf('routes', [instant('Rate'), instant('5xx')], answers)).toEqual([
      'method,route,Rate,5xx',
      'GET,/a,3,',
      'GET,/b,4,0.5',
      '',
    ])
  })

  test('quotes what has a meaning, and leaves nothing for a spreadsheet to compute', () => {
    const hostile: Query = { expr: '', legend: '{{route}}', isInstant: true }
    const answers = [
      [series({ route: '=cmd("x"),1' }, null, null, null, -1), series({ route: '/a\nb' }, null, null, null, 2)],
    ]
    expect(csvOf('buckets', [hostile], answers).join('|')).toBe('route,value|"\'=cmd(""x""),1",-1|"/a\nb",2|')
  })
})
