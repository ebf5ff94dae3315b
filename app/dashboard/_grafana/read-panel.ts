// One panel of Grafana's model: what it asks, how it is drawn, and what of it can't be.
import type { Drawing, Override, Reduction, Scale, TableColumns, TimeDrawing } from '../_boards/own-board'
import { REDUCTIONS } from '../_boards/own-board'
import type { Panel, Query } from '../_boards/panel'
import type { Unit } from '../_format/unit'
import type { Json } from './json'
import { at, isObject, listOf, numberOf, objectOf, objectsOf, own, said, textOf } from './json'
import type { TemplatePanel } from './model'
import { LONGEST_EXPR, LONGEST_NAME, LONGEST_TEXT, MOST_QUERIES } from './model'
import { readLegacy } from './read-legacy'
import { hueIn, readOverrides } from './read-overrides'
import { readMappings, readSteps } from './thresholds'
import { fromGrafanaUnit } from './units'

const TYPES = ['timeseries', 'stat', 'gauge', 'bargauge', 'barchart', 'table', 'heatmap', 'text'] as const
type PanelType = (typeof TYPES)[number]

/** Of the old names of panels that are drawn as what they have become. */
const BECAME: Readonly<Record<string, PanelType>> = {
  graph: 'timeseries',
  singlestat: 'stat',
  'grafana-singlestat-panel': 'stat',
  'table-old': 'table',
}

/** A panel whatever `value` is: where it can't be drawn, it says so in its place. */
export function readPanel(value: unknown, id: string, inputs: ReadonlyMap<string, string>): TemplatePanel {
  if (!isObject(value)) return nothing(id, 'A panel', 12, `expected a panel to be an object, got ${said(value)}`)
  const type = textOf(own(value, 'type'), 60)
  const title = textOf(own(value, 'title'), LONGEST_NAME)
  const width = Math.min(24, Math.max(2, Math.round(numberOf(at(value, 'gridPos', 'w')) ?? 12)))
  const repeat = textOf(own(value, 'repeat'), LONGEST_NAME) || undefined
  const became = Object.hasOwn(BECAME, type) ? BECAME[type] : undefined
  const isOldTable = type === 'table' && Array.isArray(own(value, 'styles'))
  const modern = became === undefined && !isOldTable ? value : readLegacy(value, isOldTable ? 'table-old' : type)
  const isGauge = became === 'stat' && own(modern, 'isGauge') === true
  const drawn = isGauge ? 'gauge' : (became ?? TYPES.find((name) => name === type))
  const refused = (reason: string) => ({ ...nothing(id, title || type, width, reason), repeat })
  if (drawn === undefined) {
    return refused(type === '' ? 'a panel without a type' : `panels of the type ${type} are not drawn here`)
  }
  const more: string[] = []
  if (drawn === 'text') return { ...textPanel(modern, id, title), width, repeat }
  const source = foreignSource(modern, inputs)
  if (source !== undefined) return refused(`its data source is ${source}: only Prometheus is asked`)
  const queries = readQueries(modern, inputs, more)
  if (queries.length === 0) {
    return refused(
      more.length > 0
        ? more.join('; ')
        : at(modern, 'libraryPanel') !== undefined
          ? 'it is a library panel, whose model is not in the file'
          : 'it has no query in PromQL',
    )
  }
  const defaults = objectOf(at(modern, 'fieldConfig', 'defaults'))
  const unitId = textOf(own(defaults, 'unit'), 60)
  const unit = fromGrafanaUnit(unitId, numberOf(own(defaults, 'decimals')))
  if (unit === undefined) more.push(`the unit ${unitId} is not known`)
  const scale: Scale = {
    min: numberOf(own(defaults, 'min')),
    max: numberOf(own(defaults, 'max')),
    steps: readSteps(defaults),
  }
  const ofDefaults = overrideOf(defaults)
  const found = readOverrides(modern, unitId, more)
  const overrides = ofDefaults === undefined ? found : [ofDefaults, ...found]
  const drawing = drawingOf(drawn, modern, defaults, scale, overrides, more)
  const hasOverrides = overrides.length > 0 && drawing.kind !== 'table' && drawing.kind !== 'ours'
  readRest(modern, defaults, drawing, more)
  const panel: Panel = {
    id,
    title: title || 'Without a title',
    subtitle: '',
    unit: unit ?? 'plain',
    help: textOf(own(modern, 'description'), LONGEST_TEXT),
    empty: 'No values in the last $range.',
    isEmptyAnswer: true,
    chart: drawing.kind === 'ours' ? 'heatmap' : isStacked(defaults) ? 'stack' : 'lines',
    ...(drawn === 'heatmap' && { bucketUnit: bucketUnitOf(modern) }),
    ...(drawn === 'timeseries' && axisOf(defaults, scale)),
    queries,
  }
  return { panel, drawing, ...(hasOverrides && { overrides }), width, undrawn: more, repeat }
}

function nothing(id: string, title: string, width: number, reason: string): TemplatePanel {
  const panel: Panel = { id, title, subtitle: '', unit: 'plain', help: '', empty: '', chart: 'lines', queries: [] }
  return { panel, drawing: { kind: 'none' }, width, undrawn: [reason], repeat: undefined }
}

function textPanel(value: Json, id: string, title: string): Pick<TemplatePanel, 'panel' | 'drawing' | 'undrawn'> {
  const mode = textOf(at(value, 'options', 'mode') ?? own(value, 'mode'), 20) || 'markdown'
  const text = textOf(at(value, 'options', 'content') ?? own(value, 'content'), LONGEST_TEXT)
  const { panel } = nothing(id, title, 12, '')
  return {
    panel: { ...panel, title },
    drawing: { kind: 'text', text, isMarkdown: mode === 'markdown' },
    undrawn: mode === 'html' ? ['HTML: its text alone is shown'] : [],
  }
}

/** What its data comes from, where that is no Prometheus. */
function foreignSource(value: Json, inputs: ReadonlyMap<string, string>): string | undefined {
  const source = own(value, 'datasource')
  const type = isObject(source) ? own(source, 'type') : undefined
  if (typeof type === 'string' && type !== '') {
    return type === 'prometheus' || type === 'datasource' || type.includes('prometheus') ? undefined : type.slice(0, 60)
  }
  const name = typeof source === 'string' ? source : textOf(at(source, 'uid'), LONGEST_NAME)
  const [, input = ''] = /^\$\{?(\w+)\}?$/.exec(name) ?? []
  const kind = inputs.get(input)
  return kind === undefined || kind === '' || kind.includes('prometheus') ? undefined : kind
}

function readQueries(value: Json, inputs: ReadonlyMap<string, string>, more: string[]): Query[] {
  const targets = objectsOf(own(value, 'targets'))
  if (targets.length > MOST_QUERIES) more.push(`${targets.length - MOST_QUERIES} more queries`)
  return targets.slice(0, MOST_QUERIES).flatMap((target, i): Query[] => {
    if (own(target, 'hide') === true) return []
    const name = textOf(own(target, 'refId'), 20) || String.fromCharCode(65 + i)
    const source = foreignSource(target, inputs)
    const expr = own(target, 'expr')
    if (source !== undefined || typeof expr !== 'string' || expr.trim() === '') {
      if (source === '__expr__') more.push(`the query ${name} is an expression of Grafana`)
      else if (source !== undefined) more.push(`the query ${name} asks ${source}`)
      else if (typeof expr === 'string' || Object.keys(target).length > 0) more.push(`the query ${name} has no PromQL`)
      return []
    }
    if (expr.length > LONGEST_EXPR) {
      more.push(`the query ${name} is longer than ${LONGEST_EXPR} characters`)
      return []
    }
    const legend = textOf(own(target, 'legendFormat'), LONGEST_NAME)
    const isInstant = own(target, 'instant') === true && own(target, 'range') !== true
    return [
      {
        expr: expr.trim(),
        refId: name,
        legend: legend === '__auto' ? '' : legend,
        ...(isInstant && { isInstant: true }),
      },
    ]
  })
}

/** A name or a colour that the defaults give to every series. */
function overrideOf(defaults: Json): Override | undefined {
  const name = textOf(own(defaults, 'displayName'), LONGEST_NAME)
  const hue = hueIn(own(defaults, 'color'))
  if (name === '' && hue === undefined) return undefined
  return { by: 'all', of: '', ...(name !== '' && { name }), ...(hue !== undefined && { hue }) }
}

function drawingOf(
  type: PanelType,
  value: Json,
  defaults: Json,
  scale: Scale,
  overrides: readonly Override[],
  more: string[],
): Drawing {
  const reduction = reductionOf(value, more)
  const isHistogram = objectsOf(own(value, 'targets')).some((target) => own(target, 'format') === 'heatmap')
  const numbers = (kind: 'stat' | 'gauge' | 'bars', hasGraph = false): Drawing => ({
    ...{ kind, reduction, hasGraph, ...scale },
    steps: hasSteps(value, defaults, kind) ? scale.steps : [],
    mappings: readMappings(own(defaults, 'mappings'), more),
    isHistogram: kind === 'bars' && isHistogram,
    isName: kind === 'stat' && at(value, 'options', 'textMode') === 'name',
  })
  switch (type) {
    case 'stat':
      return numbers('stat', (at(value, 'options', 'graphMode') ?? 'area') !== 'none')
    case 'gauge':
      return numbers('gauge')
    case 'bargauge':
      return numbers('bars')
    case 'barchart':
      return numbers('bars')
    case 'table':
      return { kind: 'table', reduction, ...readColumns(value, defaults, overrides, more) }
    case 'heatmap':
      if (!isCalculated(value)) return { kind: 'ours' }
      more.push('buckets are not calculated: its series are drawn as lines')
      return { kind: 'time' }
    case 'timeseries':
      return { kind: 'time', ...timeOf(defaults, scale) }
    case 'text':
      return { kind: 'none' }
  }
}

/** Whether a number has the colour of its threshold. A dial shows them in any case. */
function hasSteps(value: Json, defaults: Json, kind: 'stat' | 'gauge' | 'bars'): boolean {
  const mode = textOf(at(defaults, 'color', 'mode'), 40)
  if (kind === 'gauge') return true
  return (mode === '' || mode === 'thresholds') && at(value, 'options', 'colorMode') !== 'none'
}

const STEPS_AS: Readonly<Record<string, TimeDrawing['stepsAs']>> = {
  ...{ line: 'lines', dashed: 'lines', area: 'areas', 'line+area': 'both', 'dashed+area': 'both' },
}

function timeOf(defaults: Json, { steps }: Scale): TimeDrawing {
  const custom = objectOf(own(defaults, 'custom'))
  const style = textOf(at(custom, 'thresholdsStyle', 'mode'), 20)
  const stepsAs = Object.hasOwn(STEPS_AS, style) && steps.length > 0 ? STEPS_AS[style] : undefined
  const isCentred = own(custom, 'axisCenteredZero') === true
  const [softMin, softMax] = isCentred ? [] : ['axisSoftMin', 'axisSoftMax'].map((key) => numberOf(own(custom, key)))
  return {
    ...(stepsAs !== undefined && { steps, stepsAs }),
    ...(own(custom, 'drawStyle') === 'bars' && { isBars: true }),
    ...(at(custom, 'stacking', 'mode') === 'percent' && { isShare: true }),
    ...(softMin !== undefined && { softMin }),
    ...(softMax !== undefined && { softMax }),
  }
}

/** Of series that are no buckets, as old boards say it and as new ones do. */
function isCalculated(value: Json): boolean {
  return at(value, 'options', 'calculate') === true || own(value, 'dataFormat') === 'timeseries'
}

function reductionOf(value: Json, more: string[]): Reduction {
  const options = objectOf(at(value, 'options', 'reduceOptions'))
  const [name] = listOf(own(options, 'calcs'))
  if (own(options, 'values') === true) more.push('all values of a series: its last one is shown')
  if (textOf(own(options, 'fields'), 100) !== '') more.push('a choice of fields')
  if (name === undefined) return 'lastNotNull'
  const known = REDUCTIONS.find((one) => one === name)
  if (known === undefined) more.push(`the calculation ${said(name)}: the last value is shown`)
  return known ?? 'lastNotNull'
}

/** The transformations that docs/boards.md names: what they do to columns. */
function readColumns(value: Json, defaults: Json, overrides: readonly Override[], more: string[]): TableColumns {
  const hidden: string[] = []
  const names: Record<string, string> = {}
  let hidesRest = false
  for (const one of objectsOf(own(value, 'transformations'))) {
    if (own(one, 'disabled') === true) continue
    if (own(one, 'id') === 'organize') {
      const options = objectOf(own(one, 'options'))
      hidesRest ||= own(options, 'hidesRest') === true
      for (const [name, isHidden] of Object.entries(objectOf(own(options, 'excludeByName'))))
        if (isHidden === true) hidden.push(name)
      for (const [name, given] of Object.entries(objectOf(own(options, 'renameByName')))) {
        if (typeof given === 'string' && given !== '') names[name] = given.slice(0, LONGEST_NAME)
      }
    } else if (own(one, 'id') !== 'merge') more.push(`the transformation ${textOf(own(one, 'id'), 60)}`)
  }
  const units: Record<string, Unit> = {}
  const mappings: Record<string, TableColumns['mappings'][string]> = {}
  const steps: Record<string, TableColumns['steps'][string]> = {}
  const common = readMappings(own(defaults, 'mappings'), more)
  if (common.length > 0) mappings[''] = common
  if (isColoured(at(defaults, 'custom'))) steps[''] = readSteps(defaults)
  for (const one of overrides) {
    if (one.by === 'regexp' || one.by === 'query') {
      more.push(`an override of ${said(one.of)}`)
      continue
    }
    if (one.unit !== undefined) units[one.of] = one.unit
    if (one.mappings !== undefined) mappings[one.of] = one.mappings
    if (one.steps !== undefined) steps[one.of] = one.steps
    if (one.name !== undefined && one.of !== '') names[one.of] = one.name
    if (one.isHidden === true) hidden.push(one.of)
  }
  return { hidden, names, units, hidesRest, mappings, steps }
}

/** The cells of a table have the colours of their thresholds. */
function isColoured(custom: unknown): boolean {
  const mode = textOf(at(custom, 'cellOptions', 'type') ?? at(custom, 'displayMode'), 40)
  return mode.startsWith('color')
}

function isStacked(defaults: Json): boolean {
  const mode = at(defaults, 'custom', 'stacking', 'mode')
  return mode === 'normal' || mode === 'percent'
}

function axisOf(defaults: Json, { min, max }: Scale): Pick<Panel, 'axis' | 'extent'> {
  const isLog = at(defaults, 'custom', 'scaleDistribution', 'type') === 'log'
  return { ...(isLog && { axis: 'log' }), ...((min !== undefined || max !== undefined) && { extent: { min, max } }) }
}

/** A histogram's bounds: what the axis of a heat map says, else what the metric's name says. */
function bucketUnitOf(value: Json): Panel['bucketUnit'] {
  const id = textOf(at(value, 'options', 'yAxis', 'unit') ?? at(value, 'yAxis', 'format'), 60)
  if (id === 's') return 'seconds'
  return fromGrafanaUnit(id) ?? 'plain'
}

/** What else the panel has that isn't drawn. */
function readRest(value: Json, defaults: Json, { kind }: Drawing, more: string[]): void {
  const isOverTime = kind === 'time' || kind === 'ours'
  if (isOverTime && listOf(own(defaults, 'mappings')).length > 0) more.push('value mappings over time')
  if (kind === 'ours' && objectsOf(at(value, 'fieldConfig', 'overrides')).length > 0) more.push('overrides')
  if (kind !== 'table') {
    for (const one of objectsOf(own(value, 'transformations')))
      more.push(`the transformation ${textOf(own(one, 'id'), 60)}`)
  }
  if (objectsOf(own(value, 'thresholds')).some((one) => own(one, 'op') === 'lt')) more.push('thresholds up to a value')
  const shift = own(value, 'timeShift')
  if (typeof shift === 'string' && shift !== '') more.push(`a time shift of ${shift.slice(0, 40)}`)
  const from = own(value, 'timeFrom')
  if (typeof from === 'string' && from !== '') more.push(`a time of its own, ${from.slice(0, 40)}`)
}
