import { describe, expect, test } from 'vitest'
import type { Panel, Query } from '../_boards/panel'
import type { LiveBoard, LiveSeries } from '../_live/live-board'
import { toLines, toName } from './chart-line'

const series = (labels: Record<string, string>, ...values: (number | null)[]): LiveSeries => ({
  key: JSON.stringify(labels),
  labels,
  values,
})
const boardOf = (answers: Record<string, LiveSeries[]>): LiveBoard => ({
  timesMs: [0, 1],
  stepMs: 1,
  series: (expr) => answers[expr] ?? [],
  error: () => undefined,
  state: 'live',
  newestMs: 1,
  hasHistory: true,
})
const panelOf = (...queries: Query[]): Panel => ({
  id: 'p',
  title: 'P',
  subtitle: '',
  unit: 'perSecond',
  help: '',
  empty: '',
  chart: 'lines',
  queries,
})

describe('the lines of a chart', () => {
  test('a query with a colour is one line, named by its legend', () => {
    const panel = panelOf({ expr: 'a', legend: '2xx', colour: 'ok' })
    expect(toLines(panel, ['a'], boardOf({ a: [series({}, 1, 2)] }))).toMatchObject([
      { name: '2xx', colour: 'ok', values: [1, 2] },
    ])
  })

  test('a query without an answer keeps its place in the legend, and has no values', () => {
    const panel = panelOf({ expr: 'a', legend: '2xx', colour: 'ok' }, { expr: 'b', legend: '5xx', colour: 'server' })
    expect(toLines(panel, ['a', 'b'], boardOf({ a: [series({}, 1, 2)] }))).toMatchObject([
      { name: '2xx', values: [1, 2] },
      { name: '5xx', values: [] },
    ])
  })

  test('without a colour the largest come first, and what is left over is added up', () => {
    const routes = Array.from({ length: 9 }, (_, i) => series({ route: `/${i}` }, i, i === 0 ? null : i))
    const lines = toLines(panelOf({ expr: 'a', legend: '{{route}}' }), ['a'], boardOf({ a: routes }))
    expect(lines.map(({ name }) => name)).toEqual(['/8', '/7', '/6', '/5', '/4', '/3', '3 more'])
    expect(lines.at(-1)).toMatchObject({ colour: 'gone', values: [0 + 1 + 2, 1 + 2] })
    expect(new Set(lines.map(({ colour }) => colour)).size).toBe(7)
  })

  test('a line keeps its colour when another one overtakes it', () => {
    const coloursOf = (...sizes: number[]) => {
      const routes = sizes.map((size, i) => series({ route: `/${i}` }, size))
      const lines = toLines(panelOf({ expr: 'a', legend: '{{route}}' }), ['a'], boardOf({ a: routes }))
      return Object.fromEntries(lines.map(({ name, colour }) => [name, colour]))
    }
    expect(coloursOf(3, 2, 1)).toEqual(coloursOf(1, 2, 3))
  })

  test('what nobody knows at a time is a gap in the sum, not 0', () => {
    const routes = Array.from({ length: 8 }, (_, i) => series({ route: `/${i}` }, null, i))
    const lines = toLines(panelOf({ expr: 'a', legend: '{{route}}' }), ['a'], boardOf({ a: routes }))
    expect(lines.at(-1)?.values).toEqual([null, 1])
  })

  test.each([
    ['{{route}}', '/a'],
    ['{{ method }} {{route}}', 'GET /a'],
    ['{{absent}}', ''],
    ['p50', 'p50'],
  ])('the legend %s is %s', (legend, name) => {
    expect(toName(legend, { route: '/a', method: 'GET' })).toBe(name)
  })
})
