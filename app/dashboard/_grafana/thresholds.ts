// The steps of Grafana's thresholds and its value mappings, in the colours of this design.
import type { Hue, Mapping, Step, Tone } from '../_boards/own-board'
import type { Json } from './json'
import { at, numberOf, objectOf, objectsOf, own, textOf } from './json'

const MOST_STEPS = 20
export const MOST_MAPPINGS = 100
const LONGEST_MAPPED = 100

/** Ascending; none where there is no step with a number. Steps in percent are shares of min and max, 0 and 100 without these. */
export function readSteps(defaults: Json): Step[] {
  const isShare = at(defaults, 'thresholds', 'mode') === 'percentage'
  const [min, max] = [numberOf(own(defaults, 'min')) ?? 0, numberOf(own(defaults, 'max')) ?? 100]
  const steps = objectsOf(at(defaults, 'thresholds', 'steps'))
    .slice(0, MOST_STEPS)
    .map((one): Step => {
      const value = numberOf(own(one, 'value'))
      const from = value === undefined ? null : isShare ? min + ((max - min) * value) / 100 : value
      return { from, tone: toTone(textOf(own(one, 'color'), 60)) }
    })
    .sort((a, b) => (a.from ?? Number.NEGATIVE_INFINITY) - (b.from ?? Number.NEGATIVE_INFINITY))
  return steps.some(({ from }) => from !== null) ? steps : []
}

/** The tone of a value; undefined where no step is at or below it. */
export const toneOf = (value: number, steps: readonly Step[]): Tone | undefined =>
  steps.findLast(({ from }) => from === null || value >= from)?.tone

/** Of numbers, as Grafana has them and as it had them before version 8. What maps texts is said in `more`. */
export function readMappings(value: unknown, more: string[]): Mapping[] {
  const found = objectsOf(value).flatMap((one): Mapping[] => {
    const options = objectOf(own(one, 'options'))
    switch (own(one, 'type')) {
      case 'value':
        return Object.entries(options).flatMap(([key, result]) => ofValue(key, objectOf(result), more))
      case 'range':
        return ofRange(options, objectOf(own(options, 'result')))
      case 'special':
        return ofSpecial(textOf(own(options, 'match'), 20), objectOf(own(options, 'result')), more)
      case 'regex':
        more.push('value mappings by a regular expression')
        return []
      default:
        return own(one, 'value') === undefined ? ofRange(one, one) : ofValue(`${own(one, 'value')}`, one, more)
    }
  })
  if (found.length > MOST_MAPPINGS) more.push(`${found.length - MOST_MAPPINGS} more value mappings`)
  return found.slice(0, MOST_MAPPINGS)
}

function ofValue(key: string, result: Json, more: string[]): Mapping[] {
  if (key === 'null') return [{ of: 'nothing', ...resultOf(result) }]
  const number = numberOf(key)
  if (number !== undefined) return [{ of: 'range', from: number, to: number, ...resultOf(result) }]
  more.push(`a value mapping of the text ${key.slice(0, 40)}`)
  return []
}

function ofRange(options: Json, result: Json): Mapping[] {
  const [from, to] = [numberOf(own(options, 'from')), numberOf(own(options, 'to'))]
  return from === undefined && to === undefined ? [] : [{ of: 'range', from, to, ...resultOf(result) }]
}

function ofSpecial(match: string, result: Json, more: string[]): Mapping[] {
  const of = { null: 'nothing', nan: 'nan', 'null+nan': 'nothing or nan' } as const
  const known = match === 'null' || match === 'nan' || match === 'null+nan' ? of[match] : undefined
  if (known !== undefined) return [{ of: known, ...resultOf(result) }]
  more.push(`a value mapping of ${match || 'nothing'}`)
  return []
}

function resultOf(result: Json): Pick<Mapping, 'text' | 'tone'> {
  const [text, colour] = [own(result, 'text'), textOf(own(result, 'color'), 60)]
  return {
    ...((typeof text === 'string' || typeof text === 'number') && { text: `${text}`.slice(0, LONGEST_MAPPED) }),
    ...(colour !== '' && { tone: toTone(colour) }),
  }
}

/** The first that the value is of. */
export function mappingOf(value: number | undefined, mappings: readonly Mapping[]): Mapping | undefined {
  return mappings.find(({ of, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }) => {
    if (value === undefined) return of.startsWith('nothing')
    if (Number.isNaN(value)) return of.endsWith('nan')
    return of === 'range' && value >= from && value <= to
  })
}

const NAMES: readonly (readonly [RegExp, Hue])[] = [
  [/green/, 'green'],
  [/yellow/, 'yellow'],
  [/orange/, 'orange'],
  [/red/, 'red'],
  [/blue/, 'blue'],
  [/purple/, 'purple'],
]

/** Where a hue ends, in degrees. */
const ENDS: readonly (readonly [number, Hue])[] = [
  [20, 'red'],
  [38, 'orange'],
  [70, 'yellow'],
  [170, 'green'],
  [260, 'blue'],
  [330, 'purple'],
  [360, 'red'],
]

/** By its name, `semi-dark-orange`, or by its hue, `#d44a3a` and `rgba(50, 172, 45, 0.97)`; grey where it has none. */
export function toHue(colour: string): Hue {
  const named = NAMES.find(([name]) => name.test(colour))
  if (named !== undefined) return named[1]
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i
    .exec(colour)
    ?.slice(1)
    .map((part) => Number.parseInt(part, 16))
  const rgb = hex ?? /^rgba?\(\s*(\d+)[,\s]+(\d+)[,\s]+(\d+)/.exec(colour)?.slice(1).map(Number)
  const [red = 0, green = 0, blue = 0] = rgb ?? []
  const spread = Math.max(red, green, blue) - Math.min(red, green, blue)
  if (spread < 30) return 'grey'
  const most = Math.max(red, green, blue)
  const sixth =
    most === red
      ? ((green - blue) / spread + 6) % 6
      : most === green
        ? (blue - red) / spread + 2
        : (red - green) / spread + 4
  return ENDS.find(([end]) => sixth * 60 < end)?.[1] ?? 'red'
}

export const TONE_OF: Readonly<Record<Hue, Tone>> = {
  ...{ red: 'bad', orange: 'warn', yellow: 'warn', green: 'good', blue: 'build', purple: 'p99', grey: 'ink' },
}

export const toTone = (colour: string): Tone => TONE_OF[toHue(colour)]
