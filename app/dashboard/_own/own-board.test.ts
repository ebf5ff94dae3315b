// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Grafana writes a series' label so
// A reader's own board: its pins, which of its panels are asked, and how series become numbers and rows.
import { describe, expect, test } from 'vitest'
import { overview } from '../_boards/overview'
import type { Override, OwnPanel, TimeDrawing } from '../_boards/own-board'
import type { Panel } from '../_boards/panel'
import { toTimeFrame } from '../_charts/time-frame'
import { inventBoard } from '../_panels/invented-board'
import { choosePanels, exprsOf, questionsOf } from './asked'
import { load } from './overrides'
import type { OwnLine } from './own-curves'
import { toSides } from './own-curves'
import { MOST_PINS, moved, parsePins, withPin } from './pins'
import type { OwnSeries } from './series'
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
  const queries = [
    { expr: 'a', legend: '' },
    { expr: 'b', legend: 'of {{i}}' },
  ]
  const { series } = toOwnSeries({ panel: { ...panel('p', ['a', 'b']), queries } }, ['a', 'b'], board)
  expect(series.map(({ name }) => name)).toEqual(['m{i="x"}', 'm{i="y"}', 'of y'])
  expect(new Set(series.map(({ colour }) => colour)).size).toBe(3)
})

describe('what a file gives to some series', () => {
  const of = (...overrides: Override[]) => {
    const queries = [
      { refId: 'A', expr: 'a', legend: '{{i}}' },
      { refId: 'B', expr: 'b', legend: 'b' },
    ]
    const finds = (pattern: string, name: string) => new RegExp(pattern).test(name)
    return toOwnSeries({ panel: { ...panel('p', ['a', 'b']), queries }, overrides }, ['a', 'b'], board, finds).series
  }

  test('by name, by a regular expression, by query, and to all: the later counts more', () => {
    const series = of(
      { by: 'all', of: '', unit: 'bytes' },
      { by: 'name', of: 'x', unit: 'seconds', isNegative: true },
      { by: 'regexp', of: '^[xy]$', side: 'right' },
      { by: 'query', of: 'B', name: '${__field.labels.i} of ${__series.name}' },
    )
    expect(series.map(({ name, unit, side, isNegative }) => [name, unit, side, isNegative])).toEqual([
      ['x', 'seconds', 'right', true],
      ['y', 'bytes', 'right', undefined],
      ['y of b', 'bytes', undefined, undefined],
    ])
  })

  test('a colour is the nearest of this page, of one hue another one, and no other series has it', () => {
    const series = of({ by: 'name', of: 'y', hue: 'blue' }, { by: 'name', of: 'b', hue: 'blue' })
    expect(series.map(({ colour }) => colour)).toEqual(['p95', 'route-6', 'redirect'])
  })

  test('what is hidden is not drawn', () => {
    expect(of({ by: 'name', of: 'x', isHidden: true }).map(({ name }) => name)).toEqual(['y', 'b'])
  })

  test('without RE2 a regular expression finds nothing yet', () => {
    const overrides: Override[] = [{ by: 'regexp', of: '.*', isHidden: true }]
    expect(toOwnSeries({ panel: panel('p', ['a']), overrides }, ['a'], board).series).toHaveLength(2)
  })
})

describe("a file's regular expressions", () => {
  test.each([
    ['/.*transmit.*/', 'eth0 transmit', true],
    ['/TRANSMIT/i', 'eth0 transmit', true],
    ['^eth0$', 'eth0 transmit', false],
    ['/(/', 'eth0', false],
    ['/(a+)+$/', `${'a'.repeat(5_000)}b`, false],
    ['/(((.{30}){30}){30}){30}/', 'a', false],
  ])('%s in %s: %s', async (pattern, name, isFound) => {
    const finds = await load()
    expect(finds(pattern, name)).toBe(isFound)
    expect(finds(pattern, name)).toBe(isFound)
  })
})

describe('over time, as a file says it', () => {
  const timesMs = [1000, 2000, 3000]
  const frame = toTimeFrame(3000, 2000)
  const lineOf = (name: string, values: (number | null)[], more: Partial<OwnSeries> = {}): OwnLine => {
    const series: OwnSeries = { key: name, labels: {}, values, name, colour: 'ok', query: 0, ...more }
    return { key: name, name, colour: 'ok', values, of: series }
  }
  const drawn = (lines: OwnLine[], more: Partial<Panel> = {}, drawing: TimeDrawing = {}) =>
    toSides({ panel: panel('p', ['up'], more), drawing }, lines, { timesMs, frame }).sides

  test.each<[string, (number | null)[], Partial<Panel>, TimeDrawing, [number, number]]>([
    ['to the values', [100, 110, 120], {}, {}, [100, 120]],
    ['to 0 where they are near it', [1, 50, 100], {}, {}, [0, 100]],
    ['to 0 of values below it', [-100, -50, -2], {}, {}, [-100, 0]],
    ['from 0 of what never changes', [5, 5, 5], {}, {}, [0, 10]],
    ['from 0 to 1 of zeros', [0, 0, 0], {}, {}, [0, 1]],
    ['exactly to what is given', [100, 110, 120], { extent: { min: 13, max: 207 } }, {}, [13, 207]],
    ['to a soft end', [100, 110, 120], {}, { softMin: 0, softMax: 200 }, [0, 200]],
    ['beyond a soft end', [-10, 10, 20], {}, { softMin: 0, softMax: 10 }, [-10, 20]],
    ['from 0 of bars', [100, 110, 120], {}, { isBars: true }, [0, 120]],
    ['from 0 of areas', [100, 110, 120], { chart: 'stack' }, {}, [0, 120]],
    ['of shares', [100, 110, 120], { chart: 'stack' }, { isShare: true }, [0, 1]],
    ['to a 1, 2 or 5 of a decade', [3, 30, 300], { axis: 'log' }, {}, [2, 500]],
    ['of nothing', [null, null, null], {}, {}, [0, 1]],
    ['of ends that are the wrong way round', [1, 2, 3], { extent: { min: 9, max: 1 } }, {}, [0, 3]],
  ])('the axis fits %s', (_, values, more, drawing, domain) => {
    expect(drawn([lineOf('a', values)], more, drawing)[0]?.axis.domain).toEqual(domain)
  })

  test('areas stand on each other, downwards by themselves, and a line that is not stacked stands alone', () => {
    const [side] = drawn(
      [
        lineOf('a', [1, 2, 3]),
        lineOf('b', [1, 1, null]),
        lineOf('total', [9, 9, 9], { isAlone: true }),
        lineOf('down', [4, 4, 4], { isNegative: true }),
      ],
      { chart: 'stack' },
    )
    expect(side?.layers.map(({ as, tops, bottoms }) => [as, tops, bottoms])).toEqual([
      ['band', [1, 2, 3], [0, 0, 0]],
      ['band', [2, 3, 3], [1, 2, 3]],
      ['line', [9, 9, 9], [0, 0, 0]],
      ['band', [-4, -4, -4], [-0, -0, -0]],
    ])
  })

  test('shares are of 1', () => {
    const [side] = drawn([lineOf('a', [1, 2, 0]), lineOf('b', [3, 2, 0])], { chart: 'stack' }, { isShare: true })
    expect(side?.layers.map(({ tops }) => tops)).toEqual([
      [0.25, 0.5, 0],
      [1, 1, 0],
    ])
  })

  test('what is told to stand on the right, or has another unit than the first, has an axis there', () => {
    const sides = drawn([
      lineOf('a', [1, 2, 3]),
      lineOf('b', [100, 200, 300], { unit: 'bytes', max: 400 }),
      lineOf('c', [1, 1, 1], { side: 'right' }),
      lineOf('d', [9, 9, 9], { side: 'left', unit: 'seconds' }),
    ])
    expect(sides.map(({ unit, axis, layers }) => [unit, axis.domain[1], layers.map(({ key }) => key)])).toEqual([
      ['plain', 10, ['a', 'd']],
      ['bytes', 400, ['b', 'c']],
    ])
  })
})

test('buckets are what lies in each', () => {
  const { series } = toOwnSeries({ panel: panel('p', ['le']) }, ['le'], board)
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
    mappings: { '': [{ of: 'range', from: 6, to: 6, text: 'six', tone: 'bad' }] },
    steps: { 'Value #A': [{ from: 4, tone: 'warn' }] },
  } as const
  const queries = [
    { refId: 'A', expr: 'a', legend: '' },
    { refId: 'B', expr: 'b', legend: '' },
  ]
  const of: OwnPanel = { ...own('p', [], drawing), panel: { ...panel('p'), queries } }
  const { columns, rows } = toTable(of, ['a', 'b'], board)

  test('has a row for each label set and a column for each query', () => {
    expect(columns.map(({ name, unit, mappings, steps }) => [name, unit, mappings?.length, steps?.length])).toEqual([
      ['Of', undefined, undefined, undefined],
      ['First', 'bytes', 1, 1],
      ['Value #B', 'plain', 1, undefined],
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
