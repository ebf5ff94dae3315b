// The steps of Grafana's thresholds, in the colours of this design.
import type { Step, Tone } from '../_boards/own-board'
import type { Json } from './json'
import { at, numberOf, objectsOf, own, textOf } from './json'

const MOST_STEPS = 20

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

const NAMES: readonly (readonly [RegExp, Tone])[] = [
  [/green/, 'good'],
  [/yellow|orange/, 'warn'],
  [/red/, 'bad'],
  [/blue/, 'build'],
  [/purple/, 'p99'],
]

/** Where a hue ends, in degrees. */
const HUES: readonly (readonly [number, Tone])[] = [
  [20, 'bad'],
  [70, 'warn'],
  [170, 'good'],
  [260, 'build'],
  [330, 'p99'],
  [360, 'bad'],
]

/** By its name, `semi-dark-orange`, or by its hue, `#d44a3a` and `rgba(50, 172, 45, 0.97)`; ink where it has none. */
export function toTone(colour: string): Tone {
  const named = NAMES.find(([name]) => name.test(colour))
  if (named !== undefined) return named[1]
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i
    .exec(colour)
    ?.slice(1)
    .map((part) => Number.parseInt(part, 16))
  const rgb = hex ?? /^rgba?\(\s*(\d+)[,\s]+(\d+)[,\s]+(\d+)/.exec(colour)?.slice(1).map(Number)
  const [red = 0, green = 0, blue = 0] = rgb ?? []
  const spread = Math.max(red, green, blue) - Math.min(red, green, blue)
  if (spread < 30) return 'ink'
  const most = Math.max(red, green, blue)
  const sixth =
    most === red
      ? ((green - blue) / spread + 6) % 6
      : most === green
        ? (blue - red) / spread + 2
        : (red - green) / spread + 4
  return HUES.find(([end]) => sixth * 60 < end)?.[1] ?? 'bad'
}
