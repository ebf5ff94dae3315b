// The units of the panels: from what PromQL answers (seconds, bytes, ratios) to what a reader wants to see.
import { NO_VALUE, toCount, toDigits } from './digits'
import type { GivenUnit } from './given-unit'

/** `seconds` and `bytes` choose their own prefix; `plain` is a number of whatever its metric counts; the others always show in one unit, which the panel's title names. */
export type Unit =
  | 'perSecond'
  | 'seconds'
  | 'percent'
  | 'count'
  | 'bytes'
  | 'megabytes'
  | 'cores'
  | 'millisecondsPerSecond'
  | 'plain'
  | GivenUnit

/** The number and its unit apart, so that the unit can be set smaller. `suffix` is '' where there is none. */
export type Reading = { digits: string; suffix: string }

/** What given-unit.ts knows, once a page has loaded it: those without boards from files send none of it. */
type GivenWords = { read(value: number, unit: GivenUnit): Reading; round(value: number, unit: string): number }
let given: GivenWords | undefined
export function learnGivenUnits(words: GivenWords): void {
  given = words
}

const isGiven = (unit: string): unit is GivenUnit => unit.includes(':')

/** What ticks are multiples of where a value has this size: 1, or what its prefix stands for. */
export const roundOf = (value: number, unit: Unit): number => given?.round(value, unit) ?? 1

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 2 })

type Step = { from: number; scale: number; suffix: string }

const fixed: Record<Exclude<Unit, 'seconds' | 'bytes' | 'count' | GivenUnit>, { scale: number; suffix: string }> = {
  perSecond: { scale: 1, suffix: 'per s' },
  percent: { scale: 100, suffix: '%' },
  cores: { scale: 1, suffix: 'cores' },
  megabytes: { scale: 1e-6, suffix: 'MB' },
  plain: { scale: 1, suffix: '' },
  millisecondsPerSecond: { scale: 1000, suffix: 'ms per s' },
}

const seconds: Step[] = [
  { from: 0.9995, scale: 1, suffix: 's' },
  { from: 0.0009995, scale: 1e3, suffix: 'ms' },
  { from: 0, scale: 1e6, suffix: 'µs' },
]

const bytes: Step[] = [
  { from: 0.9995e9, scale: 1e-9, suffix: 'GB' },
  { from: 0.9995e6, scale: 1e-6, suffix: 'MB' },
  { from: 0.9995e3, scale: 1e-3, suffix: 'kB' },
  { from: 0, scale: 1, suffix: 'B' },
]

/** A value as PromQL gives it (seconds, bytes, a ratio) in the unit's own words. */
export function toReading(value: number | null | undefined, unit: Unit): Reading {
  if (value === null || value === undefined || Number.isNaN(value)) return { digits: NO_VALUE, suffix: '' }
  if (unit === 'count' || isWhole(value, unit)) return { digits: toCount(value), suffix: '' }
  if (isGiven(unit)) return given?.read(value, unit) ?? { digits: toDigits(value), suffix: '' }
  const { scale, suffix } = unit === 'seconds' || unit === 'bytes' ? prefixOf(value, unit) : fixed[unit]
  return { digits: toDigits(value * scale), suffix }
}

/** What counts is told to the last digit; where it has grown long, its magnitude. */
const isWhole = (value: number, unit: Unit) => unit === 'plain' && Number.isInteger(value) && Math.abs(value) < 1e6

/** `9.1 ms`, `0.94%`, `72.4 per s`, `–`. */
export function toText(value: number | null | undefined, unit: Unit): string {
  const { digits, suffix } = toReading(value, unit)
  if (suffix === '') return digits
  return suffix === '%' ? `${digits}%` : `${digits} ${suffix}`
}

/** A number beside a chart whose title names the unit, unless the unit changes with the number. */
export function toLegendText(value: number | null | undefined, unit: Unit): string {
  return isNamedByNumber(unit) ? toText(value, unit) : toReading(value, unit).digits
}

/** A tick of an axis, without needless places: the number alone where the panel's title names the unit. */
export function toAxisLabel(value: number, unit: Unit): string {
  if (Math.abs(value) >= 10_000 && !isNamedByNumber(unit) && unit !== 'megabytes') return compact.format(value)
  const { digits, suffix } = toReading(value, unit)
  const round = digits.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')
  if (suffix === '%') return `${round}%`
  return isNamedByNumber(unit) && value !== 0 && suffix !== '' ? `${round} ${suffix}` : round
}

/** The unit changes with the number, or no title names it. */
const isNamedByNumber = (unit: Unit) => unit === 'seconds' || unit === 'bytes' || isGiven(unit)

function prefixOf(value: number, unit: 'seconds' | 'bytes'): Step {
  if (value === 0)
    return unit === 'seconds' ? { from: 0, scale: 1e3, suffix: 'ms' } : { from: 0, scale: 1e-6, suffix: 'MB' }
  const steps = unit === 'seconds' ? seconds : bytes
  return steps.find((step) => Math.abs(value) >= step.from) ?? { from: 0, scale: 1, suffix: '' }
}
