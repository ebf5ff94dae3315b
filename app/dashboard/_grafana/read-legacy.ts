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
  return type === 'table-old' ? { ...value, transformations: [] } : fromSinglestat(value)
}

function fromGraph(value: Json): Json {
  const [axis = {}] = objectsOf(own(value, 'yaxes'))
  const logBase = numberOf(own(axis, 'logBase')) ?? 1
  const transformations = objectsOf(own(value, 'seriesOverrides')).length > 0 ? [{ id: 'series overrides' }] : []
  return {
    ...value,
    transformations,
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
        },
      },
    },
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
  const maps = objectsOf(own(value, 'valueMaps')).filter((map) => textOf(own(map, 'text'), 20) !== 'N/A')
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
