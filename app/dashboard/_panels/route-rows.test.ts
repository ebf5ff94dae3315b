import { describe, expect, test } from 'vitest'
import type { LiveSeries } from '../_live/live-board'
import type { Order } from './route-rows'
import { parseOrder, pickRows, sortRows, toOrderText, toRouteRows } from './route-rows'

const series = (method: string, route: string, value: number | null): LiveSeries => ({
  key: `${method} ${route}`,
  labels: { method, route },
  values: [null, value],
})

const rows = toRouteRows({
  Rate: [series('GET', '/b', 2), series('GET', '/a', 2), series('POST', '/a', 9)],
  '5xx': [series('GET', '/a', 0), series('POST', '/a', 0.5)],
  p50: [series('GET', '/a', Number.NaN), series('POST', '/a', 0.01), series('GET', '/gone', null)],
  p95: [],
  p99: [],
  Total: [series('GET', '/a', 100), series('GET', '/old', 7)],
})

describe('the rows of the route table', () => {
  test('each method and route is one row, known by any column', () => {
    expect(rows.map(({ key }) => key).sort()).toEqual(['GET /a', 'GET /b', 'GET /old', 'POST /a'])
    expect(rows.find(({ key }) => key === 'GET /a')?.values).toEqual({
      Rate: 2,
      '5xx': 0,
      p50: Number.NaN,
      p95: null,
      p99: null,
      Total: 100,
    })
  })

  test.each<[string, Order, string[]]>([
    ['by rate, equal ones by name', { by: 'Rate', isDescending: true }, ['POST /a', 'GET /a', 'GET /b', 'GET /old']],
    [
      'upwards, what has none stays last',
      { by: 'Rate', isDescending: false },
      ['GET /a', 'GET /b', 'POST /a', 'GET /old'],
    ],
    ['NaN counts as none', { by: 'p50', isDescending: true }, ['POST /a', 'GET /a', 'GET /b', 'GET /old']],
    ['by name', { by: 'Route', isDescending: false }, ['GET /a', 'POST /a', 'GET /b', 'GET /old']],
    ['by name, backwards', { by: 'Route', isDescending: true }, ['GET /old', 'GET /b', 'POST /a', 'GET /a']],
  ])('%s', (_, order, keys) => {
    expect(sortRows(rows, order).map(({ key }) => key)).toEqual(keys)
  })

  test('what fails is among the first, however rare', () => {
    const sorted = sortRows(rows, { by: 'Total', isDescending: true })
    expect(pickRows(sorted, 1).map(({ key }) => key)).toEqual(['GET /a', 'POST /a'])
  })
})

describe('the order in the URL', () => {
  test.each<[string | undefined, Order]>([
    ['-p95', { by: 'p95', isDescending: true }],
    ['5xx', { by: '5xx', isDescending: false }],
    ['route', { by: 'Route', isDescending: false }],
    ['rate', { by: 'Rate', isDescending: false }],
    [undefined, { by: 'Rate', isDescending: true }],
  ])('%s is read, and written', (text, order) => {
    expect(parseOrder(text)).toEqual(order)
    expect(toOrderText(order)).toBe(text)
  })

  test.each(['', '-', 'Rate', '--p95', 'p95 desc', 'constructor'])('%s is no column, and the default', (text) => {
    expect(parseOrder(text)).toEqual(parseOrder(undefined))
  })
})
