// Boards into Grafana's dashboard model: ours and the reader's pins. What is read back of it asks and draws the same (docs/boards.md).
// Its types are those of Grafana's own schema.
import type { Dashboard, RowPanel, Panel as SchemaPanel, VariableModel } from '@grafana/schema'
import type {
  Drawing,
  Hue,
  Mapping,
  Override,
  OwnPanel,
  OwnSection,
  Step,
  TimeDrawing,
  Tone,
} from '../_boards/own-board'
import type { Board, Panel, Query } from '../_boards/panel'
import { toPanelName } from '../_boards/panel'
import { decimalsOf, toGrafanaUnit } from './units'

/** The same with its enumerations as the values that stand in JSON. */
type Plain<T> = T extends string
  ? `${T}`
  : T extends number | boolean
    ? T
    : T extends readonly (infer One)[]
      ? Plain<One>[]
      : T extends object
        ? { [Key in keyof T]: Plain<T[Key]> }
        : T

export type GrafanaModel = Plain<Omit<Dashboard, 'panels' | 'templating'>> & {
  panels: ((Plain<Omit<SchemaPanel, 'targets'>> & { targets?: GrafanaTarget[] }) | Plain<RowPanel>)[]
  templating: { list: Plain<VariableModel>[] }
}

/** Of the data source for Prometheus, which the schema leaves open. */
type GrafanaTarget = {
  refId: string
  datasource: typeof SOURCE
  editorMode: 'code'
  expr: string
  legendFormat: string
  format: 'time_series' | 'table' | 'heatmap'
  instant: boolean
  range: boolean
  hide?: boolean
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's variable
const SOURCE = { type: 'prometheus', uid: '${datasource}' }
/** That of Grafana 12. */
const SCHEMA_VERSION = 41

export type ToGrafanaInput = {
  uid: string
  title: string
  sections: readonly OwnSection[]
  /** What is not the app's own traffic, a regular expression. */
  ownRoutes: string
}

/** A board of ours as it would stand among the reader's own: what of a panel Grafana has no word for is drawn the nearest way. */
export function toOwnSections({ places }: Pick<Board, 'places'>): OwnSection[] {
  const panelsOf = (choose: (panels: readonly Panel[]) => readonly Panel[]) =>
    places.flatMap(({ panels, span }) => choose(panels).map((panel) => toOwnPanel(panel, span * 2)))
  const section = { key: 'top', title: undefined, isCollapsed: false }
  const others = panelsOf((panels) => panels.slice(1))
  return [
    { ...section, panels: panelsOf((panels) => panels.slice(0, 1)) },
    ...(others.length > 0 ? [{ ...section, key: 'others', title: OTHERS, panels: others }] : []),
  ]
}

/** Of panels that share a place here, those that are not shown at first. */
const OTHERS = 'Other views'

export function toGrafana({ uid, title, sections, ownRoutes }: ToGrafanaInput): GrafanaModel {
  const panels: GrafanaModel['panels'] = []
  let [id, x, y, high] = [0, 0, 0, 0]
  const nextLine = () => {
    y += high
    x = 0
    high = 0
  }
  for (const section of sections) {
    if (section.title !== undefined) {
      nextLine()
      panels.push({
        id: ++id,
        type: 'row',
        title: section.title,
        collapsed: false,
        gridPos: { x: 0, y, w: 24, h: 1 },
        panels: [],
      })
      y++
    }
    for (const one of section.panels) {
      const own = one.drawing.kind === 'ours' ? toOwnPanel(one.panel, one.width) : one
      const [w, h] = [own.width, heightOf(own)]
      if (x + w > 24) nextLine()
      panels.push({ ...toPanel(own, ++id), gridPos: { x, y, w, h } })
      x += w
      high = Math.max(high, h)
    }
    nextLine()
  }
  return {
    uid,
    title,
    tags: ['hearth'],
    editable: true,
    graphTooltip: 1,
    refresh: '5s',
    schemaVersion: SCHEMA_VERSION,
    time: { from: 'now-5m', to: 'now' },
    timezone: 'browser',
    templating: { list: variablesOf(ownRoutes) },
    panels,
  }
}

/** `$target` is the job and the instance that are chosen; `$route` and `$own` are what they are here. */
function variablesOf(ownRoutes: string): Plain<VariableModel>[] {
  const asked = (name: string, query: string): Plain<VariableModel> => ({
    name,
    type: 'query',
    datasource: SOURCE,
    query: { query, refId: `Prometheus-${name}` },
    refresh: 2,
    sort: 1,
    multi: true,
    includeAll: true,
    allValue: '.*',
    current: { text: ['All'], value: ['$__all'] },
  })
  return [
    {
      name: 'datasource',
      label: 'Data source',
      type: 'datasource',
      query: 'prometheus',
      current: { text: '', value: '' },
    },
    asked('job', 'label_values(process_start_time_seconds, job)'),
    asked('instance', 'label_values(process_start_time_seconds{job=~"$job"}, instance)'),
    asked('route', 'label_values(requests_total{job=~"$job",instance=~"$instance"}, route)'),
    { name: 'own', type: 'constant', hide: 2, query: ownRoutes, current: { text: ownRoutes, value: ownRoutes } },
  ]
}

/** One of ours with Grafana's words for how it is drawn. */
function toOwnPanel(panel: Panel, width: number): OwnPanel {
  const [drawing, queries] = drawnAs(panel)
  // Of a bucket the chart here shows the share, and Grafana how many.
  const unit = panel.chart === 'buckets' ? 'count' : panel.unit
  const named: Panel = { ...panel, title: toPanelName(panel), unit, queries: queries.map(withRefId) }
  return {
    panel: named,
    drawing,
    width: panel.chart === 'tile' || panel.chart === 'gauge' ? Math.max(4, width) : width,
    undrawn: [],
  }
}

const withRefId = (query: Query, i: number): Query => ({ ...query, refId: query.refId ?? String.fromCharCode(65 + i) })

function drawnAs(panel: Panel): [Drawing, readonly Query[]] {
  const { queries } = panel
  const number = { reduction: 'lastNotNull', isHistogram: false, isName: false, mappings: [] } as const
  const columns = { reduction: 'lastNotNull', hidden: ['Time'], hidesRest: false, mappings: {}, steps: {} } as const
  switch (panel.chart) {
    case 'tile': {
      // The headline; what it is compared with has no place in a number.
      const headline =
        queries.find(({ legend }) => legend === 'value') ?? queries.find(({ legend }) => legend === 'now')
      const shown = headline === undefined ? [] : [headline]
      return [{ kind: 'stat', ...number, hasGraph: headline?.isInstant !== true, steps: stepsOf(shown) }, shown]
    }
    case 'gauge': {
      const drawn = queries.filter(({ isInstant }) => isInstant !== true)
      return [{ kind: 'stat', ...number, hasGraph: true, steps: [] }, drawn]
    }
    case 'stack':
    case 'lines':
      // From 0, or fitted, as the panel has it here.
      return [{ kind: 'time', ...(panel.chart === 'lines' && panel.axis === undefined && { softMin: 0 }) }, queries]
    case 'heatmap':
      return [{ kind: 'ours' }, queries]
    case 'buckets':
      return [{ kind: 'bars', ...number, hasGraph: false, isHistogram: true, steps: [] }, queries]
    case 'exceptions':
      return [{ kind: 'table', ...columns, names: { Value: 'Count' }, units: {} }, queries]
    case 'routes': {
      const names = Object.fromEntries(
        queries.map(({ legend }, i) => [`Value #${String.fromCharCode(65 + i)}`, legend]),
      )
      return [{ kind: 'table', ...columns, names, units: COLUMN_UNITS }, queries]
    }
  }
}

/** Of the columns of the route table, whose panel has the unit of the first. */
const COLUMN_UNITS = { '5xx': 'percent', p50: 'seconds', p95: 'seconds', p99: 'seconds', Total: 'count' } as const

function stepsOf([query]: readonly Query[]): Step[] {
  const { thresholds } = query ?? {}
  if (thresholds === undefined) return []
  return [
    { from: null, tone: 'good' },
    { from: thresholds.warning, tone: 'warn' },
    { from: thresholds.bad, tone: 'bad' },
  ]
}

const TYPES: Readonly<Record<Exclude<Drawing['kind'], 'ours' | 'none'>, string>> = {
  time: 'timeseries',
  stat: 'stat',
  gauge: 'gauge',
  bars: 'bargauge',
  table: 'table',
  text: 'text',
}
const COLOURS: Readonly<Record<Tone, string>> = {
  good: 'green',
  warn: 'orange',
  bad: 'red',
  build: 'blue',
  p99: 'purple',
  ink: 'text',
}

type WithoutPlace = Plain<Omit<SchemaPanel, 'targets'>> & { targets?: GrafanaTarget[] }

function toPanel({ panel, drawing, overrides = [] }: OwnPanel, id: number): WithoutPlace {
  const { kind } = drawing
  const base = { id, title: panel.title, description: inWords(panel.help) }
  if (kind === 'text') {
    return { ...base, type: 'text', options: { mode: drawing.isMarkdown ? 'markdown' : 'html', content: drawing.text } }
  }
  const isHeat = kind === 'ours'
  const isNumber = kind === 'stat' || kind === 'gauge' || kind === 'bars'
  const scale = isNumber ? drawing : panel.extent
  const steps = isNumber || kind === 'time' ? drawing.steps : kind === 'table' ? drawing.steps[''] : undefined
  const mappings = isNumber ? drawing.mappings : kind === 'table' ? drawing.mappings[''] : undefined
  const [common, others] = splitDefaults(overrides)
  const decimals = decimalsOf(panel.unit)
  const format =
    kind === 'table' ? 'table' : isHeat || ('isHistogram' in drawing && drawing.isHistogram) ? 'heatmap' : 'time_series'
  return {
    ...base,
    type: isHeat ? 'heatmap' : kind === 'none' ? 'text' : TYPES[kind],
    datasource: SOURCE,
    targets: panel.queries.map((query, i) => toTarget(query, i, format)),
    fieldConfig: {
      defaults: {
        unit: toGrafanaUnit(panel.unit),
        ...(decimals !== undefined && { decimals }),
        ...(scale?.min !== undefined && { min: scale.min }),
        ...(scale?.max !== undefined && { max: scale.max }),
        ...(kind !== 'time' && !isHeat && { color: { mode: 'thresholds' } }),
        ...((kind !== 'time' || steps !== undefined) && !isHeat && { thresholds: thresholdsOf(steps ?? []) }),
        ...(mappings !== undefined && mappings.length > 0 && { mappings: mappingsOf(mappings) }),
        ...(kind === 'time' && { custom: customOf(panel, drawing) }),
        ...(kind === 'table' && drawing.steps[''] !== undefined && { custom: { cellOptions: { type: 'color-text' } } }),
        ...(common?.hue !== undefined && { color: colourOf(common.hue) }),
        ...(common?.name !== undefined && { displayName: common.name }),
      },
      overrides: kind === 'table' ? columnOverrides(drawing) : others.map(toOverride),
    },
    options: optionsOf(panel, drawing),
    ...(kind === 'table' && { transformations: transformationsOf(drawing) }),
  }
}

function toTarget(
  { expr, legend, isInstant, refId }: Query,
  i: number,
  format: GrafanaTarget['format'],
): GrafanaTarget {
  return {
    refId: refId ?? String.fromCharCode(65 + i),
    datasource: SOURCE,
    editorMode: 'code',
    expr: toGrafanaExpr(expr),
    legendFormat: legend === '' ? '__auto' : legend,
    format,
    instant: isInstant === true,
    range: isInstant !== true,
  }
}

/** In Grafana a minute is one: there is no variable for the longer of it and `$__rate_interval`. */
export function toGrafanaExpr(expr: string): string {
  return expr.replaceAll('$target', 'job=~"$job",instance=~"$instance"').replaceAll('$__minute', '1m')
}

/** Words that stand alone: what they say of the time is what Grafana's picker says. */
function inWords(help: string): string {
  return help
    .replaceAll('last $range', 'range that is shown')
    .replaceAll('$range before', 'range before')
    .replaceAll('$range', 'range')
    .replaceAll('$window', 'the rate interval')
    .replaceAll('$minute', 'minute')
    .replaceAll('$target', 'the target')
}

function thresholdsOf(steps: readonly Step[]) {
  const told = steps.length > 0 ? steps : [{ from: null, tone: 'ink' } as const]
  return { mode: 'absolute', steps: told.map(({ from, tone }) => ({ value: from, color: COLOURS[tone] })) } as const
}

const STYLE_OF = { lines: 'line', areas: 'area', both: 'line+area' } as const

function customOf({ chart, axis }: Panel, { isBars, isShare, softMax, softMin, stepsAs }: TimeDrawing) {
  return {
    drawStyle: isBars === true ? 'bars' : 'line',
    lineInterpolation: 'linear',
    fillOpacity: chart === 'stack' ? 60 : 0,
    showPoints: 'never',
    stacking: { mode: chart !== 'stack' ? 'none' : isShare === true ? 'percent' : 'normal', group: 'A' },
    ...(softMin !== undefined && { axisSoftMin: softMin }),
    ...(softMax !== undefined && { axisSoftMax: softMax }),
    ...(stepsAs !== undefined && { thresholdsStyle: { mode: STYLE_OF[stepsAs] } }),
    ...(axis === 'log' && { scaleDistribution: { type: 'log', log: 10 } }),
  }
}

function optionsOf(panel: Panel, drawing: Drawing): Record<string, unknown> {
  switch (drawing.kind) {
    case 'time':
      return {
        legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
        tooltip: { mode: 'multi', sort: 'desc' },
      }
    case 'ours':
      return {
        calculate: false,
        cellGap: 1,
        color: { mode: 'scheme', scheme: 'Oranges', steps: 64, exponent: 0.5, fill: 'dark-orange' },
        yAxis: { unit: toGrafanaUnit(panel.bucketUnit ?? 'seconds') },
        cellValues: { unit: toGrafanaUnit(panel.unit) },
      }
    case 'stat':
    case 'gauge':
    case 'bars': {
      const reduceOptions = { calcs: [drawing.reduction], fields: '', values: false }
      if (drawing.kind === 'stat') {
        return {
          colorMode: 'value',
          graphMode: drawing.hasGraph ? 'area' : 'none',
          textMode: drawing.isName ? 'name' : 'auto',
          reduceOptions,
        }
      }
      return drawing.kind === 'gauge'
        ? { reduceOptions, showThresholdMarkers: true }
        : { reduceOptions, displayMode: 'basic', orientation: 'horizontal' }
    }
    default:
      return {}
  }
}

type TableDrawing = Extract<Drawing, { kind: 'table' }>

/** Of the columns that have something of their own; their names are in the transformations. */
function columnOverrides({ units, mappings, steps }: TableDrawing) {
  const names = new Set([units, mappings, steps].flatMap((given) => Object.keys(given)))
  names.delete('')
  return [...names].map((of) =>
    toOverride({ by: 'name', of, unit: units[of], mappings: mappings[of], steps: steps[of] }),
  )
}

const MATCHERS = { name: 'byName', regexp: 'byRegexp', query: 'byFrameRefID', all: 'byType' } as const

function toOverride(override: Override) {
  const { by, of, unit, hue, name, steps, mappings, min, max, isNegative, side, isAlone, drawAs, isHidden } = override
  const decimals = unit === undefined ? undefined : decimalsOf(unit)
  const given: readonly (readonly [string, unknown])[] = [
    ['unit', unit && toGrafanaUnit(unit)],
    ['decimals', decimals],
    ['color', hue && colourOf(hue)],
    ['displayName', name],
    ['thresholds', steps && thresholdsOf(steps)],
    ['mappings', mappings && mappingsOf(mappings)],
    ['min', min],
    ['max', max],
    ['custom.transform', isNegative && 'negative-Y'],
    ['custom.axisPlacement', side],
    ['custom.stacking', isAlone && { mode: 'none', group: 'A' }],
    ['custom.drawStyle', drawAs],
    ['custom.hideFrom', isHidden && { viz: true, legend: true, tooltip: true }],
  ]
  return {
    matcher: { id: MATCHERS[by], options: by === 'all' ? 'number' : of },
    properties: given.flatMap(([id, value]) => (value === undefined ? [] : [{ id, value }])),
  }
}

/** What the first one gives to all series is a default in Grafana. */
function splitDefaults(overrides: readonly Override[]): [common: Override | undefined, others: readonly Override[]] {
  const [first, ...others] = overrides
  const isDefault = first?.by === 'all' && Object.keys(first).every((key) => ['by', 'of', 'hue', 'name'].includes(key))
  return isDefault ? [first, others] : [undefined, overrides]
}

const colourOf = (hue: Hue) => ({ mode: 'fixed', fixedColor: hue === 'grey' ? 'text' : hue }) as const

function mappingsOf(mappings: readonly Mapping[]) {
  const SPECIAL = { nothing: 'null', nan: 'nan', 'nothing or nan': 'null+nan' } as const
  return mappings.map(({ of, from, to, text, tone }, index) => {
    const result = { ...(text !== undefined && { text }), ...(tone !== undefined && { color: COLOURS[tone] }), index }
    if (of !== 'range') return { type: 'special', options: { match: SPECIAL[of], result } } as const
    return { type: 'range', options: { from: from ?? null, to: to ?? null, result } } as const
  })
}

function transformationsOf({ hidden, hidesRest, names }: TableDrawing) {
  const excludeByName = Object.fromEntries(hidden.map((name) => [name, true]))
  return [
    { id: 'merge', options: {} },
    {
      id: 'organize',
      options: { excludeByName, renameByName: { ...names }, indexByName: {}, ...(hidesRest && { hidesRest }) },
    },
  ]
}

/** In Grafana's rows of 30 pixels. */
function heightOf({ drawing, panel }: OwnPanel): number {
  if (drawing.kind === 'stat') return 4
  return drawing.kind === 'table' && panel.queries.length > 1 ? 10 : 8
}
