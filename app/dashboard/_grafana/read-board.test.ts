// Boards of Grafana's model, as files of the community have them, and as nobody should.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables are written so in Grafana
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { substitute } from '../_boards/substitute'
import { toText } from '../_format/unit'
import type { Times, Values } from './fill'
import { fillBoard } from './fill'
import { BoardError, MOST_PANELS } from './model'
import { readBoard } from './read-board'
import { mappingOf } from './thresholds'

const TIMES: Times = { rangeMs: 300_000, stepMs: 1000, scrapeIntervalMs: 1000, endMs: 1_700_000_000_000 }
const HERE = { ...TIMES, target: '', route: undefined, own: '' }
const fileOf = (name: string): unknown => JSON.parse(readFileSync(`e2e/boards/${name}.json`, 'utf8'))
const boardOf = (...panels: object[]) => readBoard({ title: 'A', panels })
const [prometheus, A] = [
  { type: 'prometheus', uid: 'x' },
  { refId: 'A', expr: 'up' },
]
const panelOf = (panel: object) => {
  const [section] = boardOf({ type: 'timeseries', title: 'P', datasource: prometheus, targets: [A], ...panel }).sections
  const [read] = section?.panels ?? []
  if (read === undefined) throw new Error('expected a panel')
  return read
}

describe('what is no board is refused, with what was expected and what came', () => {
  test.each([
    ['nothing', undefined, /an object, got nothing/],
    ['a list', [], /an object, got a list/],
    ['a text', 'board', /an object, got "board"/],
    ['an object without panels', { title: 'a' }, /`panels` to be a list, got nothing/],
    ['panels that are no list', { panels: { a: 1 } }, /`panels` to be a list, got an object with a/],
    ['schema v2', { elements: {}, layout: {} }, /got its schema v2/],
    [
      'schema v2 as a resource',
      { apiVersion: 'dashboard.grafana.app/v2', spec: { elements: {} } },
      /got its schema v2/,
    ],
  ])('%s', (_, model, words) => {
    expect(() => readBoard(model)).toThrow(BoardError)
    expect(() => readBoard(model)).toThrow(words)
  })
})

describe('boards as the community writes them', () => {
  test('node_exporter: rows, those that are collapsed with their panels, and variables that depend on each other', () => {
    const board = readBoard(fileOf('node-exporter'))
    expect(board.sections.map(({ title, isCollapsed, panels }) => [title, isCollapsed, panels.length])).toEqual([
      ['Quick CPU / Mem / Disk', false, 7],
      ['Basic CPU / Mem / Net / Disk', false, 4],
      ['Storage Disk', true, 2],
      ['Node Exporter', true, 3],
    ])
    expect(board.variables.map(({ name, isHidden, options }) => [name, isHidden, options.kind])).toEqual([
      ['DS_PROMETHEUS', true, 'listed'],
      ['job', false, 'asked'],
      ['nodename', false, 'asked'],
      ['node', false, 'asked'],
      ['diskdevices', true, 'listed'],
    ])
    const [pressure, busy] = board.sections[0]?.panels ?? []
    expect(pressure).toMatchObject({
      drawing: {
        kind: 'bars',
        min: 0,
        max: 1,
        steps: [{ from: null, tone: 'good' }, { from: 0.7 }, { from: 0.9, tone: 'bad' }],
      },
      panel: {
        unit: 'ratio1:',
        queries: [
          { isInstant: true, legend: 'CPU' },
          { isInstant: true, legend: 'I/O' },
        ],
      },
    })
    expect(busy).toMatchObject({
      width: 3,
      drawing: {
        kind: 'gauge',
        min: 0,
        max: 100,
        steps: [{ tone: 'good' }, { from: 85, tone: 'warn' }, { from: 95, tone: 'bad' }],
      },
      panel: { unit: 'as1:%', help: 'Overall CPU busy percentage (averaged across all cores)' },
    })
    const [cpu, , network] = board.sections[1]?.panels ?? []
    expect(cpu).toMatchObject({ panel: { chart: 'stack', unit: 'ratio:', extent: { min: 0 } } })
    expect(cpu).toMatchObject({
      drawing: { kind: 'time', isShare: true },
      overrides: [
        { by: 'name', of: 'Busy System', hue: 'yellow' },
        { by: 'name', of: 'Busy User', hue: 'blue' },
      ],
      undrawn: [],
    })
    expect(network).toMatchObject({
      panel: { unit: 'si:b/s' },
      overrides: [{ by: 'regexp', of: '/.*Tx.*/', isNegative: true }],
      undrawn: [],
    })
    const [, files] = board.sections[2]?.panels ?? []
    expect(files?.drawing).toEqual({
      kind: 'table',
      reduction: 'lastNotNull',
      hidden: ['Time', '__name__', 'job', 'instance'],
      hidesRest: false,
      names: { 'Value #A': 'Size', 'Value #B': 'Available', 'Value #C': 'Files free', mountpoint: 'Mounted at' },
      units: { 'Files free': 'as0:' },
      mappings: {},
      steps: {},
    })
    expect(board.sections[3]?.panels.map(({ drawing, undrawn }) => [drawing.kind, ...undrawn])).toEqual([
      ['time'],
      ['none', 'panels of the type alertlist are not drawn here'],
      ['none', 'its data source is loki: only Prometheus is asked'],
    ])
  })

  test('prom-client: graphs and single stats of before Grafana 7', () => {
    const board = readBoard(fileOf('nodejs'))
    const panels = board.sections.flatMap((section) => section.panels)
    expect(panels.map(({ panel, drawing }) => [panel.title, drawing.kind])).toEqual([
      ['Process CPU Usage', 'time'],
      ['Event Loop Lag', 'time'],
      ['Node.js version', 'stat'],
      ['Process Restart Times', 'stat'],
      ['Heap in use', 'gauge'],
      ['Process Memory Usage', 'time'],
      ['Active Handlers/Requests Total', 'time'],
      ['Heap Used Detail', 'time'],
      ['About', 'text'],
      ['Heap by space', 'none'],
    ])
    expect(panels[2]?.drawing).toMatchObject({ isName: true, reduction: 'lastNotNull', steps: [] })
    expect(panels[3]?.drawing).toMatchObject({
      steps: [{ tone: 'good' }, { from: 1, tone: 'warn' }, { from: 5, tone: 'bad' }],
    })
    expect(panels[4]).toMatchObject({ drawing: { kind: 'gauge', min: 0, max: 100 }, panel: { unit: 'as:%' } })
    expect(panels[7]?.panel).toMatchObject({ chart: 'stack', unit: 'iec:B' })
    expect(panels[9]?.undrawn).toEqual(['panels of the type grafana-piechart-panel are not drawn here'])
    expect(panels.slice(0, 9).flatMap(({ undrawn }) => undrawn)).toEqual([])
  })

  test('rows of before Grafana 5, whose widths are of 12', () => {
    const rows = [{ title: 'R', showTitle: true, panels: [{ type: 'graph', span: 6, targets: [A] }] }, { panels: [] }]
    const { sections } = readBoard({ rows, title: 'Old' })
    expect(sections).toMatchObject([{ title: 'R', panels: [{ width: 12, panel: { queries: [{ expr: 'up' }] } }] }])
  })

  test('what the HTTP API answers', () => {
    expect(readBoard({ meta: {}, dashboard: { title: 'Inner', panels: [] } }).title).toBe('Inner')
  })
})

describe('what can not be drawn is named', () => {
  test.each([
    ['a type of panel', { type: 'piechart' }, ['panels of the type piechart are not drawn here'], 'none'],
    ['no type', { type: undefined }, ['a panel without a type'], 'none'],
    [
      'another data source',
      { datasource: { type: 'loki' } },
      ['its data source is loki: only Prometheus is asked'],
      'none',
    ],
    ['no query', { targets: [] }, ['it has no query in PromQL'], 'none'],
    [
      'a library panel',
      { targets: [], libraryPanel: { uid: 'a' } },
      ['it is a library panel, whose model is not in the file'],
      'none',
    ],
    ['a query that is none', { targets: [A, { refId: 'B', rawSql: '1' }] }, ['the query B has no PromQL'], 'time'],
    [
      'an expression of Grafana',
      { targets: [A, { refId: 'B', datasource: { type: '__expr__' } }] },
      ['the query B is an expression of Grafana'],
      'time',
    ],
    ['a unit', { fieldConfig: { defaults: { unit: 'currencyUSD' } } }, ['the unit currencyUSD is not known'], 'time'],
    [
      'a transformation',
      { transformations: [{ id: 'calculateField' }] },
      ['the transformation calculateField'],
      'time',
    ],
    [
      'a transformation of a table',
      { type: 'table', transformations: [{ id: 'pivot' }, { id: 'merge' }] },
      ['the transformation pivot'],
      'table',
    ],
    ['an override', { fieldConfig: { overrides: [{}] } }, ['an override of nothing'], 'time'],
    [
      'what an override sets',
      {
        fieldConfig: {
          overrides: [
            {
              matcher: { id: 'byName', options: 'up' },
              properties: [
                { id: 'custom.fillBelowTo', value: 'a' },
                { id: 'custom.lineWidth', value: 2 },
                { id: 'links' },
              ],
            },
          ],
        },
      },
      ['an override of "up": custom.fillBelowTo, links'],
      'time',
    ],
    [
      'value mappings over time',
      { fieldConfig: { defaults: { mappings: [{}] } } },
      ['value mappings over time'],
      'time',
    ],
    [
      'value mappings of texts',
      {
        type: 'stat',
        fieldConfig: {
          defaults: {
            mappings: [
              { type: 'value', options: { up: { text: 'Up' } } },
              { type: 'regex', options: { pattern: 'a' } },
              { type: 'special', options: { match: 'empty' } },
            ],
          },
        },
      },
      ['a value mapping of the text up', 'value mappings by a regular expression', 'a value mapping of empty'],
      'stat',
    ],
    [
      'a calculation',
      { type: 'stat', options: { reduceOptions: { calcs: ['stdDev'] } } },
      ['the calculation "stdDev": the last value is shown'],
      'stat',
    ],
    [
      'thresholds up to a value',
      { type: 'graph', thresholds: [{ op: 'lt', value: 1, colorMode: 'critical' }] },
      ['thresholds up to a value'],
      'time',
    ],
    [
      'buckets to be calculated',
      { type: 'heatmap', options: { calculate: true } },
      ['buckets are not calculated: its series are drawn as lines'],
      'time',
    ],
    ['a time shift', { timeShift: '1h' }, ['a time shift of 1h'], 'time'],
  ])('%s', (_, panel, words, kind) => {
    const read = panelOf(panel)
    expect(read.undrawn).toEqual(words)
    expect(read.drawing.kind).toBe(kind)
  })

  test('a variable of another kind, annotations, and a panel that is none', () => {
    const board = readBoard({
      panels: [7],
      templating: {
        list: [
          { name: 'a', type: 'adhoc' },
          { name: 'q', type: 'query', query: 'SHOW TABLES' },
        ],
      },
      annotations: { list: [{ builtIn: 1 }, { name: 'deploys' }] },
    })
    expect(board.undrawn).toEqual([
      'the variable a: variables of the type adhoc are not drawn',
      'the variable q: its query is none of label_values, label_names, metrics, query_result and a selector: SHOW TABLES',
      'annotations: deploys',
    ])
    expect(board.sections[0]?.panels[0]?.undrawn).toEqual(['expected a panel to be an object, got 7'])
  })

  test('panels beyond the bound are counted', () => {
    const { sections, undrawn } = boardOf(...Array.from({ length: MOST_PANELS + 2 }, () => ({ type: 'text' })))
    expect(sections[0]?.panels).toHaveLength(MOST_PANELS)
    expect(undrawn).toEqual([`2 more panels: a board has at most ${MOST_PANELS}`])
  })
})

describe('fields as files say them', () => {
  const steps = [{ value: null, color: 'green' }, { value: 80, color: 'dark-red' }] // biome-ignore format: short
  const of = (defaults: object, overrides: object[] = []) => ({ fieldConfig: { defaults, overrides } })

  test.each([
    [
      'thresholds over time',
      of({ thresholds: { steps }, custom: { thresholdsStyle: { mode: 'line+area' } } }),
      { kind: 'time', stepsAs: 'both', steps: [{ tone: 'good' }, { from: 80, tone: 'bad' }] },
    ],
    [
      'thresholds that are off',
      of({ thresholds: { steps }, custom: { thresholdsStyle: { mode: 'off' } } }),
      { kind: 'time' },
    ],
    [
      'bars, and ends that give way',
      of({ custom: { drawStyle: 'bars', axisSoftMin: 0, axisSoftMax: 10 } }),
      { kind: 'time', isBars: true, softMin: 0, softMax: 10 },
    ],
    [
      'the thresholds of a graph of old',
      { type: 'graph', thresholds: [{ op: 'gt', value: 5, colorMode: 'warning', fill: false, line: true }] },
      {
        kind: 'time',
        stepsAs: 'lines',
        steps: [
          { from: null, tone: 'ink' },
          { from: 5, tone: 'warn' },
        ],
      },
    ],
  ])('%s', (_, panel, drawing) => {
    const read = panelOf(panel)
    expect(read.drawing).toMatchObject(drawing)
    expect(read.undrawn).toEqual([])
  })

  test('value mappings, of today and of old', () => {
    const mappings = [
      { type: 'value', options: { 0: { text: 'Down', color: 'red' }, 1: { text: 'Up' } } },
      { type: 'range', options: { from: 2, to: null, result: { text: 'Many' } } },
      { type: 'special', options: { match: 'null+nan', result: { text: 'None' } } },
      { type: 1, value: '7', text: 'Seven' },
      { type: 2, from: '8', to: '9', text: 'Some' },
    ]
    expect(panelOf({ type: 'stat', ...of({ mappings }) })).toMatchObject({
      drawing: {
        mappings: [
          { of: 'range', from: 0, to: 0, text: 'Down', tone: 'bad' },
          { of: 'range', from: 1, to: 1, text: 'Up' },
          { of: 'range', from: 2, to: undefined, text: 'Many' },
          { of: 'nothing or nan', text: 'None' },
          { of: 'range', from: 7, to: 7, text: 'Seven' },
          { of: 'range', from: 8, to: 9, text: 'Some' },
        ],
      },
      undrawn: [],
    })
    const maps = { valueMaps: [{ op: '=', text: 'N/A', value: 'null' }], mappingType: 1 }
    expect(panelOf({ type: 'singlestat', ...maps }).drawing).toMatchObject({
      mappings: [{ of: 'nothing', text: 'N/A' }],
    })
  })

  test.each([
    [undefined, '–'],
    [Number.NaN, 'none'],
    [0, 'Down'],
    [0.5, '0.50'],
    [12, 'Many'],
  ])('%s is told as %s', (value, text) => {
    const mappings = [
      { of: 'range', from: 0, to: 0, text: 'Down' },
      { of: 'range', from: 10, text: 'Many' },
      { of: 'nan', text: 'none' },
    ] as const
    expect(mappingOf(value, mappings)?.text ?? toText(value, 'plain')).toBe(text)
  })

  test('overrides: whom they are of, and what they set', () => {
    const override = (id: string, options: unknown, ...properties: [string, unknown][]) => ({
      matcher: { id, options },
      properties: properties.map(([id, value]) => ({ id, value })),
    })
    const read = panelOf(
      of({ unit: 's', displayName: '${__field.labels.job}', color: { mode: 'fixed', fixedColor: 'purple' } }, [
        override('byName', 'a', ['unit', 'bytes'], ['custom.axisPlacement', 'right'], ['min', 0], ['max', 9]),
        override('byRegexp', '/b/', ['decimals', 1], ['color', { mode: 'fixed', fixedColor: '#E24D42' }]),
        override('byFrameRefID', 'A', ['custom.transform', 'negative-Y'], ['custom.stacking', { mode: 'none' }]),
        override('byType', 'number', ['custom.drawStyle', 'bars'], ['displayName', 'x']),
        override('byName', 'gone', ['custom.hideFrom', { viz: true }]),
        override('byName', 'looks', ['custom.lineWidth', 4]),
        override('byType', 'time', ['unit', 'dateTimeAsIso']),
      ]),
    )
    expect(read.undrawn).toEqual([])
    expect(read.overrides).toEqual([
      { by: 'all', of: '', name: '${__field.labels.job}', hue: 'purple' },
      { by: 'name', of: 'a', unit: 'iec:B', side: 'right', min: 0, max: 9 },
      { by: 'regexp', of: '/b/', unit: 'time1:1', hue: 'red' },
      { by: 'query', of: 'A', isNegative: true, isAlone: true },
      { by: 'all', of: '', drawAs: 'bars', name: 'x' },
      { by: 'name', of: 'gone', isHidden: true },
    ])
  })

  test('the series overrides and the colours of a graph of old', () => {
    const read = panelOf({
      type: 'graph',
      yaxes: [{ format: 'bytes' }, { format: 'percent', min: 0, max: '100' }],
      aliasColors: { a: '#7EB26D' },
      seriesOverrides: [
        { alias: '/out/', transform: 'negative-Y', stack: false, linewidth: 2 },
        { alias: 'a', yaxis: 2 },
        { alias: 'b', fillBelowTo: 'c' },
      ],
    })
    expect(read.overrides).toEqual([
      { by: 'name', of: 'a', hue: 'green' },
      { by: 'regexp', of: '/out/', isNegative: true, isAlone: true },
      { by: 'name', of: 'a', side: 'right', unit: 'as:%', min: 0, max: 100 },
    ])
    expect(read.undrawn).toEqual(['an override of "b": custom.fillBelowTo'])
  })

  test('the columns of a table', () => {
    const overrides = [
      {
        matcher: { id: 'byName', options: 'Value' },
        properties: [
          { id: 'displayName', value: 'State' },
          { id: 'mappings', value: [{ type: 'value', options: { 1: { text: 'up' } } }] },
          { id: 'custom.width', value: 100 },
        ],
      },
      { matcher: { id: 'byName', options: 'job' }, properties: [{ id: 'custom.hidden', value: true }] },
      { matcher: { id: 'byRegexp', options: '/x/' }, properties: [{ id: 'unit', value: 's' }] },
    ]
    const custom = { cellOptions: { type: 'color-background' } }
    const read = panelOf({ type: 'table', ...of({ thresholds: { steps }, custom }, overrides) })
    expect(read.drawing).toMatchObject({
      names: { Value: 'State' },
      hidden: ['job'],
      mappings: { Value: [{ of: 'range', from: 1, to: 1, text: 'up' }] },
      steps: { '': [{ tone: 'good' }, { from: 80, tone: 'bad' }] },
    })
    expect(read.undrawn).toEqual(['an override of "/x/"'])
  })
})

test('a table of before Grafana 7 has its styles as columns', () => {
  const styles = [
    { pattern: 'device', alias: 'Disk', type: 'string' },
    { pattern: 'Value', alias: 'Size', type: 'number', unit: 'bytes', decimals: 1 },
    { pattern: 'fstype', type: 'hidden' },
    { pattern: '/.*/', type: 'hidden' },
  ]
  expect(panelOf({ type: 'table', styles }).drawing).toEqual({
    kind: 'table',
    reduction: 'lastNotNull',
    hidden: ['Time', 'fstype'],
    hidesRest: true,
    names: { device: 'Disk', Value: 'Size' },
    units: { Value: 'iec1:B' },
    mappings: {},
    steps: {},
  })
})

test('panels that overlap are moved below each other, and leave no gap', () => {
  const at = (x: number, y: number, w: number, h: number) => ({ type: 'text', gridPos: { x, y, w, h } })
  const board = boardOf(at(0, 0, 12, 4), at(6, 2, 12, 4), at(0, 50, 6, 3), at(20, 0, 12, 2))
  const [section] = fillBoard(board, new Map(), TIMES)
  expect(section?.panels.map(({ place }) => [place?.x, place?.y, place?.h])).toEqual([
    [0, 0, 4],
    [12, 0, 2],
    [6, 4, 4],
    [0, 4, 3],
  ])
})

test('queries that are hidden are not asked', () => {
  expect(panelOf({ targets: [A, { ...A, refId: 'B', hide: true }] }).panel.queries).toHaveLength(1)
})

describe('whatever JSON comes, it is a board or a BoardError', () => {
  const words = ['panels', 'rows', 'type', 'title', 'targets', 'expr', 'gridPos', 'w', 'fieldConfig', 'defaults', 'unit', 'thresholds', 'steps', 'templating', 'list', 'name', 'query', 'options', 'transformations', 'id', 'matcher', 'properties', 'value', 'mappings', 'custom', 'color', 'seriesOverrides', 'alias', 'aliasColors', '__proto__', 'constructor', 'dashboard', 'repeat', 'datasource', 'content', 'overrides', 'collapsed'] // biome-ignore format: a list
  const texts = ['timeseries', 'stat', 'table', 'graph', 'singlestat', 'text', 'row', 'heatmap', 'query', 'custom', 'organize', 'up{a="$b"}', '$__rate_interval', '${x:csv}', '[[y]]', 'label_values(a, b)', '\u0000', '$$', '/(/'] // biome-ignore format: a list
  const { tree: json } = fc.letrec((tie) => ({
    tree: fc.oneof({ maxDepth: 7, withCrossShrink: true }, tie('leaf'), tie('list'), tie('object'), tie('object')),
    leaf: fc.oneof(
      fc.constantFrom(...texts),
      fc.constantFrom(...texts),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.string(),
    ),
    list: fc.array(tie('tree'), { maxLength: 4 }),
    object: fc.dictionary(fc.constantFrom(...words), tie('tree'), { maxKeys: 8 }),
  }))
  const chosen: Values = new Map([['b', { values: ['a$1', '"'], allValue: undefined, isAll: false, isRegex: true }]])

  test('of its words', () => {
    fc.assert(
      fc.property(json, fc.boolean(), (model, isWrapped) => {
        try {
          const board = readBoard(isWrapped ? { panels: [model], templating: { list: [model] } } : model)
          const drawn = fillBoard(board, chosen, TIMES).flatMap(({ panels }) => panels)
          for (const { panel } of drawn) for (const { expr } of panel.queries) substitute(expr, HERE)
          for (const { drawing, undrawn } of drawn)
            if (drawing.kind === 'none') expect(undrawn.length).toBeGreaterThan(0)
        } catch (error) {
          expect(error).toBeInstanceOf(BoardError)
        }
      }),
      { seed: 20_261_128, numRuns: 3_000 },
    )
  })

  test('of a real board with one part replaced', () => {
    const whole = JSON.stringify(fileOf('nodejs'))
    const places = [...whole.matchAll(/:("(?:[^"\\]|\\.)*"|[\d.]+|true|false|null)/g)].map(({ index }) => index)
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue(), (at, value) => {
        const rest = whole
          .slice(at)
          .replace(/^:("(?:[^"\\]|\\.)*"|[\d.]+|true|false|null)/, () => `:${JSON.stringify(value)}`)
        const model: unknown = JSON.parse(whole.slice(0, at) + rest)
        expect(() => fillBoard(readBoard(model), chosen, TIMES)).not.toThrow()
      }),
      { seed: 20_261_128, numRuns: 1_000 },
    )
  })
})
