// One panel of Grafana's model: what it asks, how it is drawn, and what of it can't be.
import type { Drawing, Reduction, Scale, TableColumns } from '../_boards/own-board'
import { REDUCTIONS } from '../_boards/own-board'
import type { Panel, Query } from '../_boards/panel'
import type { Unit } from '../_format/unit'
import type { Json } from './json'
import { at, isObject, listOf, numberOf, objectOf, objectsOf, own, said, textOf } from './json'
import type { TemplatePanel } from './model'
import { LONGEST_EXPR, LONGEST_NAME, LONGEST_TEXT, MOST_QUERIES } from './model'
import { readLegacy } from './read-legacy'
import { readSteps } from './thresholds'
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
  const drawing = drawingOf(drawn, modern, defaults, scale, more)
  readRest(modern, defaults, drawn, more)
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
  return { panel, drawing, width, undrawn: more, repeat }
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

function drawingOf(type: PanelType, value: Json, defaults: Json, scale: Scale, more: string[]): Drawing {
  const reduction = reductionOf(value, more)
  const isHistogram = objectsOf(own(value, 'targets')).some((target) => own(target, 'format') === 'heatmap')
  const numbers = (kind: 'stat' | 'gauge' | 'bars', hasGraph = false): Drawing => ({
    ...{ kind, reduction, hasGraph, ...scale },
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
      return { kind: 'table', reduction, ...readColumns(value, more) }
    case 'heatmap':
      if (!isCalculated(value)) return { kind: 'ours' }
      more.push('buckets are not calculated: its series are drawn as lines')
      return { kind: 'time' }
    case 'timeseries':
      if (at(defaults, 'custom', 'drawStyle') === 'bars') more.push('bars are drawn as lines')
      return { kind: 'time' }
    case 'text':
      return { kind: 'none' }
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
function readColumns(value: Json, more: string[]): TableColumns {
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
  for (const one of objectsOf(at(value, 'fieldConfig', 'overrides'))) {
    const name = at(one, 'matcher', 'id') === 'byName' ? at(one, 'matcher', 'options') : undefined
    const set = new Map(
      objectsOf(own(one, 'properties')).map((property) => [own(property, 'id'), own(property, 'value')]),
    )
    const unit = fromGrafanaUnit(textOf(set.get('unit'), 60) || undefined, numberOf(set.get('decimals')))
    const isKnown = [...set.keys()].every((id) => id === 'unit' || id === 'decimals')
    if (typeof name !== 'string' || unit === undefined || !isKnown) more.push(`an override of ${said(name)}`)
    else units[name] = unit
  }
  return { hidden, names, units, hidesRest }
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
function readRest(value: Json, defaults: Json, type: PanelType, more: string[]): void {
  const overrides = objectsOf(at(value, 'fieldConfig', 'overrides'))
  if (type !== 'table' && overrides.length > 0)
    more.push(overrides.length === 1 ? 'one override' : `${overrides.length} overrides`)
  if (listOf(own(defaults, 'mappings')).length > 0) more.push('value mappings')
  if (at(defaults, 'custom', 'stacking', 'mode') === 'percent') more.push('stacking to 100%: values are stacked')
  const style = at(defaults, 'custom', 'thresholdsStyle', 'mode')
  if (type === 'timeseries' && typeof style === 'string' && style !== 'off') more.push('thresholds over time')
  if (type !== 'table') {
    for (const one of objectsOf(own(value, 'transformations')))
      more.push(`the transformation ${textOf(own(one, 'id'), 60)}`)
  }
  if (objectsOf(own(value, 'seriesOverrides')).length > 0) more.push('series overrides')
  const shift = own(value, 'timeShift')
  if (typeof shift === 'string' && shift !== '') more.push(`a time shift of ${shift.slice(0, 40)}`)
  const from = own(value, 'timeFrom')
  if (typeof from === 'string' && from !== '') more.push(`a time of its own, ${from.slice(0, 40)}`)
}
