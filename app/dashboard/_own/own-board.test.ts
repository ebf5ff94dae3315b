// A reader's own board: its pins, which of its panels are asked, and how series become numbers and rows.
import { describe, expect, test } from 'vitest'
import { overview } from '../_boards/overview'
import type { OwnPanel } from '../_boards/own-board'
import type { Panel } from '../_boards/panel'
import { inventBoard } from '../_panels/invented-board'
import { choosePanels, exprsOf, questionsOf } from './asked'
import { MOST_PINS, moved, parsePins, withPin } from './pins'
import { reduce, toBucketSeries, toOwnSeries } from './series'
import { sortRows, toTable } from './table'

const VARIABLES = {
  rangeMs: 60_000,
  stepMs: 1000,
  scrapeIntervalMs: 1000,
  target: 'job="a"',
  route: undefined,
  own: '',
}
const panel = (id: string, exprs: readonly string[] = [`up{a="${id}"}`], more: Partial<Panel> = {}): Panel => ({
  ...{ id, title: id, subtitle: '', unit: 'plain', help: '', empty: '', chart: 'lines' },
  queries: exprs.map((expr) => ({ expr, legend: '' })),
  ...more,
})
const own = (id: string, exprs?: readonly string[], drawing: OwnPanel['drawing'] = { kind: 'time' }): OwnPanel => ({
  panel: panel(id, exprs),
  drawing,
  width: 12,
  undrawn: [],
})

describe('pins', () => {
  const all = overview.places.flatMap(({ panels }) => panels)

  test('every panel of the overview can be pinned, and is read back as it was', () => {
    const pins = all.reduce<readonly OwnPanel[]>((before, one, i) => withPin(before, one, `pin-${i}`), [])
    expect(pins).toHaveLength(all.length)
    expect(parsePins(JSON.stringify(pins))).toEqual(JSON.parse(JSON.stringify(pins)))
  })

  test('the same panel is pinned once, and no more than there is room for', () => {
    const once = withPin([], panel('a'), 'pin-1')
    expect(withPin(once, panel('a'), 'pin-2')).toBe(once)
    const full = Array.from({ length: MOST_PINS }, (_, i) => own(`${i}`))
    expect(withPin(full, panel('x'), 'pin-x')).toBe(full)
  })

  test.each([
    ['no JSON', '{'],
    ['no list', '{"a":1}'],
    ['no panel', '[1, null, "a", {}]'],
    ['a drawing that there is not', JSON.stringify([{ ...own('a'), drawing: { kind: 'evil' } }])],
    [
      'a unit that there is not',
      JSON.stringify([{ ...own('a'), panel: panel('a', ['up'], { unit: 'x' as 'plain' }) }]),
    ],
    [
      'a colour that is none',
      JSON.stringify([
        { ...own('a'), panel: { ...panel('a'), queries: [{ expr: 'up', legend: '', colour: 'url(x)' }] } },
      ]),
    ],
    ['a variable that there is not', JSON.stringify([own('a', ['up{a="$evil"}'])])],
    ['no query', JSON.stringify([own('a', [])])],
  ])('%s is no pin', (_, json) => {
    expect(parsePins(json)).toEqual([])
  })

  test('of two with one id the first counts', () => {
    expect(parsePins(JSON.stringify([own('a', ['up']), own('a', ['down'])]))).toHaveLength(1)
  })

  test.each([
    ['a', 1, 'bac'],
    ['c', -1, 'acb'],
    ['a', -1, 'abc'],
    ['c', 1, 'abc'],
    ['x', 1, 'abc'],
  ])('%s moved by %i: %s', (id, by, order) => {
    const pins = moved([own('a'), own('b'), own('c')], id, by)
    expect(pins.map(({ panel }) => panel.id).join('')).toBe(order)
  })
})

describe('which panels are asked', () => {
  const many = Array.from({ length: 30 }, (_, i) => own(`p${i}`, [`a${i}`, `b${i}`]))
  const questions = questionsOf(many, VARIABLES)

  test('all of them, while one question takes them', () => {
    expect(choosePanels(questionsOf(many.slice(0, 20), VARIABLES), new Set(), [])).toHaveLength(20)
  })

  test('those on the screen first, then those after them', () => {
    const ids = choosePanels(questions, new Set(['p25', 'p26']), [])
    expect(ids).toHaveLength(23)
    expect(ids.slice(0, 5)).toEqual(['p25', 'p26', 'p27', 'p28', 'p29'])
  })

  test('nothing is asked anew while what is on the screen is asked already', () => {
    const before = choosePanels(questions, new Set(['p0', 'p1']), [])
    expect(choosePanels(questions, new Set(['p5', 'p6']), before)).toEqual(before)
    expect(choosePanels(questions, new Set(['p25']), before)).toContain('p25')
  })

  test('a question of too many expressions leaves its panel out, not the others', () => {
    const wide = own(
      'wide',
      Array.from({ length: 50 }, (_, i) => `w${i}`),
    )
    expect(choosePanels(questionsOf([wide, own('a')], VARIABLES), new Set(['wide']), [])).toEqual(['a'])
  })

  test('an expression that is asked over time is not asked again', () => {
    const twice = questionsOf(
      [
        own('a', ['up']),
        { ...own('b'), panel: panel('b', ['up'], { queries: [{ expr: 'up', legend: '', isInstant: true }] }) },
      ],
      VARIABLES,
    )
    expect(exprsOf(twice, ['a', 'b'], { exprs: ['x'], instantExprs: ['y'] })).toEqual({
      exprs: ['up', 'x'],
      instantExprs: ['y'],
    })
  })
})

describe('a series as a number', () => {
  const values = [1, null, 3, Number.NaN, 2, null]
  test.each([
    ['lastNotNull', 2],
    ['last', undefined],
    ['first', 1],
    ['firstNotNull', 1],
    ['mean', 2],
    ['sum', 6],
    ['max', 3],
    ['min', 1],
    ['range', 2],
    ['count', 6],
    ['delta', 4],
  ] as const)('%s is %s', (reduction, number) => {
    expect(reduce(values, reduction)).toBe(number)
  })

  test('of nothing there is none, and of no numbers it is none', () => {
    expect(reduce([null, null], 'mean')).toBeUndefined()
    expect(reduce([Number.NaN], 'max')).toBeNaN()
  })
})

const ANSWERS: Readonly<Record<string, readonly { labels: Readonly<Record<string, string>>; values: number[] }[]>> = {
  a: [
    { labels: { __name__: 'm', i: 'x', same: '1' }, values: [1, 2] },
    { labels: { __name__: 'm', i: 'y', same: '1' }, values: [3, 4] },
  ],
  b: [{ labels: { i: 'y', same: '1' }, values: [5, 6] }],
  le: [
    { labels: { le: '+Inf' }, values: [4, 10] },
    { labels: { le: '0.5' }, values: [1, 4] },
  ],
}
const board = inventBoard(1_700_000_000_000, {
  series: (expr) => (ANSWERS[expr] ?? []).map((one) => ({ ...one, key: JSON.stringify(one.labels) })),
})

test('a series is named by what its query says, else by the labels that tell it from others', () => {
  const { series } = toOwnSeries(
    {
      ...panel('p', ['a', 'b']),
      queries: [
        { expr: 'a', legend: '' },
        { expr: 'b', legend: 'of {{i}}' },
      ],
    },
    ['a', 'b'],
    board,
  )
  expect(series.map(({ name }) => name)).toEqual(['m{i="x"}', 'm{i="y"}', 'of y'])
  expect(new Set(series.map(({ colour }) => colour)).size).toBe(3)
})

test('buckets are what lies in each', () => {
  const { series } = toOwnSeries(panel('p', ['le']), ['le'], board)
  expect(toBucketSeries(series).map(({ name, values }) => [name, ...values])).toEqual([
    ['≤ 0.5', 4],
    ['≤ +Inf', 6],
  ])
})

describe('a table', () => {
  const drawing = {
    kind: 'table',
    reduction: 'lastNotNull',
    hidden: ['__name__', 'same'],
    hidesRest: false,
    names: { 'Value #A': 'First', i: 'Of' },
    units: { First: 'bytes' },
  } as const
  const queries = [
    { refId: 'A', expr: 'a', legend: '' },
    { refId: 'B', expr: 'b', legend: '' },
  ]
  const of: OwnPanel = { ...own('p', [], drawing), panel: { ...panel('p'), queries } }
  const { columns, rows } = toTable(of, ['a', 'b'], board)

  test('has a row for each label set and a column for each query', () => {
    expect(columns.map(({ name, unit }) => [name, unit])).toEqual([
      ['Of', undefined],
      ['First', 'bytes'],
      ['Value #B', 'plain'],
    ])
    expect(rows.map(({ cells }) => cells)).toEqual([
      ['x', 2, undefined],
      ['y', 4, 6],
    ])
  })

  test.each([
    ['-Value #A', ['y', 'x']],
    ['Value #A', ['x', 'y']],
    ['Value #B', ['y', 'x']],
    ['-Value #B', ['y', 'x']],
    ['-i', ['y', 'x']],
    ['nothing', ['x', 'y']],
  ])('in the order %s', (order, first) => {
    expect(sortRows(columns, rows, order).map(({ cells }) => cells[0])).toEqual(first)
  })
})
