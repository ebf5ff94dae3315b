// Panels of before Grafana 7 in the words of those that they have become: graph, singlestat and the old table.
import type { Json } from './json'
import { at, numberOf, objectOf, objectsOf, own, textOf } from './json'

const CALCULATIONS: Readonly<Record<string, string>> = {
  current: 'lastNotNull',
  name: 'lastNotNull',
  avg: 'mean',
  total: 'sum',
  first: 'firstNotNull',
  min: 'min',
  max: 'max',
  range: 'range',
  delta: 'delta',
}

/** As Grafana migrates them, as far as it is drawn here. */
export function readLegacy(value: Json, type: string): Json {
  if (type === 'graph') return fromGraph(value)
  return type === 'table-old' ? fromTable(value) : fromSinglestat(value)
}

function fromGraph(value: Json): Json {
  const [axis = {}, right = {}] = objectsOf(own(value, 'yaxes'))
  const logBase = numberOf(own(axis, 'logBase')) ?? 1
  const limits = limitsOf(value)
  return {
    ...value,
    fieldConfig: {
      defaults: {
        unit: textOf(own(axis, 'format'), 60),
        decimals: numberOf(own(axis, 'decimals')),
        min: own(axis, 'min'),
        max: own(axis, 'max'),
        custom: {
          drawStyle: own(value, 'bars') === true && own(value, 'lines') !== true ? 'bars' : 'line',
          stacking: {
            mode: own(value, 'stack') === true ? (own(value, 'percentage') === true ? 'percent' : 'normal') : 'none',
          },
          scaleDistribution: { type: logBase > 1 ? 'log' : 'linear' },
          thresholdsStyle: { mode: limits.mode },
        },
        thresholds: { mode: 'absolute', steps: limits.steps },
      },
      overrides: [...coloursOf(value), ...overridesOf(value, right)],
    },
  }
}

/** A name, or a regular expression between slashes. */
const matcherOf = (alias: string): Json =>
  alias.startsWith('/') ? { id: 'byRegexp', options: alias } : { id: 'byName', options: alias }

function coloursOf(value: Json): Json[] {
  return Object.entries(objectOf(own(value, 'aliasColors'))).map(([alias, fixedColor]) => ({
    matcher: { id: 'byName', options: alias },
    properties: [{ id: 'color', value: { mode: 'fixed', fixedColor } }],
  }))
}

/** What a series override of old changes but for looks, by its name of today. */
function overridesOf(value: Json, right: Json): Json[] {
  return objectsOf(own(value, 'seriesOverrides')).map((one) => {
    const properties: Json[] = []
    const set = (id: string, value: unknown) => properties.push({ id, value })
    for (const [key, given] of Object.entries(one)) {
      if (key === 'color') set('color', { mode: 'fixed', fixedColor: given })
      else if (key === 'transform') set('custom.transform', given)
      else if (key === 'stack' && given === false) set('custom.stacking', { mode: 'none' })
      else if (key === 'bars' && given === true) set('custom.drawStyle', 'bars')
      else if (key === 'yaxis' && given === 2) {
        set('custom.axisPlacement', 'right')
        set('unit', textOf(own(right, 'format'), 60))
        if (numberOf(own(right, 'min')) !== undefined) set('min', own(right, 'min'))
        if (numberOf(own(right, 'max')) !== undefined) set('max', own(right, 'max'))
      } else if (key === 'fillBelowTo') set('custom.fillBelowTo', given)
    }
    return { matcher: matcherOf(textOf(own(one, 'alias'), 300)), properties }
  })
}

const LIMITS: Readonly<Record<string, string>> = { critical: 'red', warning: 'orange', ok: 'green' }

/** Its thresholds from a value on; those up to a value are not drawn. */
function limitsOf(value: Json): { mode: string; steps: readonly Json[] } {
  const all = objectsOf(own(value, 'thresholds')).filter((one) => own(one, 'op') !== 'lt')
  if (all.length === 0) return { mode: 'off', steps: [] }
  const isFilled = all.some((one) => own(one, 'fill') !== false)
  const isLined = all.some((one) => own(one, 'line') !== false)
  const steps = all.map((one) => {
    const mode = textOf(own(one, 'colorMode'), 20)
    const colour = own(one, 'fillColor') ?? own(one, 'lineColor')
    return { value: own(one, 'value'), color: Object.hasOwn(LIMITS, mode) ? LIMITS[mode] : colour }
  })
  return {
    mode: isFilled ? (isLined ? 'line+area' : 'area') : 'line',
    steps: [{ value: null, color: 'transparent' }, ...steps],
  }
}

function fromSinglestat(value: Json): Json {
  const name = textOf(own(value, 'valueName'), 20)
  const gauge = objectOf(own(value, 'gauge'))
  const isGauge = own(gauge, 'show') === true
  const numbers = textOf(own(value, 'thresholds'), 200)
    .split(',')
    .map((part) => numberOf(part.trim()))
  const colours = Array.isArray(own(value, 'colors')) ? (own(value, 'colors') as readonly unknown[]) : []
  const isColoured = own(value, 'colorValue') === true || own(value, 'colorBackground') === true || isGauge
  const steps = [null, ...numbers.filter((number) => number !== undefined)].map((from, i) => ({
    value: from,
    color: colours[i],
  }))
  const maps = objectsOf(own(value, numberOf(own(value, 'mappingType')) === 2 ? 'rangeMaps' : 'valueMaps'))
  return {
    ...value,
    isGauge,
    options: {
      graphMode: at(value, 'sparkline', 'show') === true ? 'area' : 'none',
      reduceOptions: { calcs: [Object.hasOwn(CALCULATIONS, name) ? CALCULATIONS[name] : name || 'mean'] },
      textMode: name === 'name' ? 'name' : 'auto',
    },
    fieldConfig: {
      defaults: {
        unit: textOf(own(value, 'format'), 60),
        decimals: numberOf(own(value, 'decimals')),
        ...(isGauge && { min: own(gauge, 'minValue') ?? 0, max: own(gauge, 'maxValue') ?? 100 }),
        ...(isColoured && { thresholds: { mode: 'absolute', steps } }),
        mappings: maps,
      },
    },
  }
}

/** Styles by the name of a column; the first that fits counts, and one of all columns may hide the rest. */
function fromTable(value: Json): Json {
  const styles = objectsOf(own(value, 'styles'))
  const excludeByName: Record<string, boolean> = { Time: true }
  const renameByName: Record<string, string> = {}
  const overrides: Json[] = []
  let hidesRest = false
  for (const style of styles) {
    const pattern = textOf(own(style, 'pattern'), 300)
    const isHidden = own(style, 'type') === 'hidden'
    if (pattern === '/.*/') {
      hidesRest ||= isHidden
      continue
    }
    const alias = textOf(own(style, 'alias'), 300)
    if (isHidden) excludeByName[pattern] = true
    else renameByName[pattern] = alias || pattern
    if (own(style, 'type') !== 'number') continue
    const properties = ['unit', 'decimals'].map((id) => ({ id, value: own(style, id) }))
    overrides.push({ matcher: { id: 'byName', options: pattern }, properties })
  }
  return {
    ...value,
    transformations: [{ id: 'organize', options: { excludeByName, renameByName, hidesRest } }],
    fieldConfig: { defaults: {}, overrides },
  }
}
