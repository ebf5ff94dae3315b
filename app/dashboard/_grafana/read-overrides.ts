// Grafana's overrides: what some of a panel's series have otherwise than its defaults say. What can't be drawn of them is named.
import type { Hue, Override } from '../_boards/own-board'
import type { Json } from './json'
import { at, numberOf, objectOf, objectsOf, own, said, textOf } from './json'
import { LONGEST_NAME } from './model'
import { readMappings, readSteps, toHue } from './thresholds'
import { fromGrafanaUnit } from './units'

export const MOST_OVERRIDES = 100

/** The look of lines, cells and axes is this page's own; the defaults have such settings as well. */
const LOOKS =
  /^custom\.(?:line(?:Width|Style|Interpolation)|fillOpacity|gradientMode|showPoints|pointSize|spanNulls|bar\w+|axis(?:Label|ColorMode|GridShow|Width|BorderShow)|width|minWidth|align|inspect|filterable|cellOptions|displayMode)$/

/** What is read of one property; undefined where it isn't drawn. Without anything in it, nothing changes. */
type Read = Partial<Override> | undefined

/** `unitId` is the unit of the panel, for an override of decimals alone. */
export function readOverrides(value: Json, unitId: string, more: string[]): Override[] {
  const all = objectsOf(at(value, 'fieldConfig', 'overrides'))
  if (all.length > MOST_OVERRIDES) more.push(`${all.length - MOST_OVERRIDES} more overrides`)
  return all.slice(0, MOST_OVERRIDES).flatMap((one): Override[] => {
    const matcher = objectOf(own(one, 'matcher'))
    // Of the times themselves.
    if (own(matcher, 'id') === 'byType' && own(matcher, 'options') === 'time') return []
    const whom = matchedBy(matcher)
    if (whom === undefined) {
      more.push(`an override of ${said(own(matcher, 'options'))}`)
      return []
    }
    const properties = objectsOf(own(one, 'properties'))
    const set = new Map(properties.map((property) => [textOf(own(property, 'id'), 60), own(property, 'value')]))
    const reads = [...set].map(([id, of]) => [id, readProperty(id, of, set, unitId, more)] as const)
    const unknown = reads.filter(([, read]) => read === undefined).map(([id]) => id)
    if (unknown.length > 0) more.push(`an override of ${said(whom.of || 'all series')}: ${unknown.join(', ')}`)
    const found: Partial<Override> = Object.assign({}, ...reads.map(([, read]) => read))
    return Object.keys(found).length === 0 ? [] : [{ ...whom, ...found }]
  })
}

function matchedBy(matcher: Json): Pick<Override, 'by' | 'of'> | undefined {
  const of = textOf(own(matcher, 'options'), LONGEST_NAME)
  switch (own(matcher, 'id')) {
    case 'byName':
      return of === '' ? undefined : { by: 'name', of }
    case 'byRegexp':
      return of === '' ? undefined : { by: 'regexp', of }
    case 'byFrameRefID':
      return of === '' ? undefined : { by: 'query', of }
    case 'byType':
      return of === 'number' ? { by: 'all', of: '' } : undefined
    default:
      return undefined
  }
}

function readProperty(
  id: string,
  value: unknown,
  set: ReadonlyMap<string, unknown>,
  unitId: string,
  more: string[],
): Read {
  switch (id) {
    case 'unit':
    case 'decimals': {
      const unit = fromGrafanaUnit(textOf(set.get('unit'), 60) || unitId, numberOf(set.get('decimals')))
      return unit === undefined ? undefined : { unit }
    }
    case 'color':
      return hueIn(value) === undefined ? undefined : { hue: hueIn(value) }
    case 'displayName':
      return typeof value === 'string' ? { name: value.slice(0, LONGEST_NAME) } : undefined
    case 'thresholds':
      return { steps: readSteps({ thresholds: value, min: set.get('min'), max: set.get('max') }) }
    case 'mappings':
      return { mappings: readMappings(value, more) }
    case 'min':
      return { min: numberOf(value) }
    case 'max':
      return { max: numberOf(value) }
    case 'custom.transform':
      return value === 'negative-Y' ? { isNegative: true } : undefined
    case 'custom.axisPlacement':
      if (value === 'left' || value === 'right') return { side: value }
      return value === 'auto' || value === 'hidden' ? {} : undefined
    case 'custom.stacking': {
      const [mode, group] = [at(value, 'mode'), at(value, 'group')]
      if (mode === 'none' || group === false) return { isAlone: true }
      return group === undefined || group === 'A' ? {} : undefined
    }
    case 'custom.drawStyle':
      return value === 'line' || value === 'bars' ? { drawAs: value } : undefined
    case 'custom.hidden':
      return value === true ? { isHidden: true } : {}
    case 'custom.hideFrom':
      if (at(value, 'viz') === true) return { isHidden: true }
      return at(value, 'legend') === true || at(value, 'tooltip') === true ? undefined : {}
    default:
      return LOOKS.test(id) ? {} : undefined
  }
}

/** Of a colour that is told; undefined where it follows from something else. */
export function hueIn(colour: unknown): Hue | undefined {
  const told = textOf(at(colour, 'fixedColor'), 60)
  const mode = at(colour, 'mode')
  return (mode === 'fixed' || mode === 'shades') && told !== '' ? toHue(told) : undefined
}
