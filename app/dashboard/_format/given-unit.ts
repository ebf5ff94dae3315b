// Units that a board from a file names, beside those of our own boards: whatever stands after the number, with a prefix or without.
import { toDigits } from './digits'
import type { Reading } from './unit'
import { learnGivenUnits } from './unit'

/**
 * as: the text stands after the number, which may be empty. si, iec: it has a prefix of 1000 or of 1024 (`si:B/s`, `iec:B`).
 * time: the text is how many seconds one is. ratio: 1 is 100%. A number after the word is how many decimals are shown.
 */
export type GivenUnit = `${'as' | 'si' | 'iec' | 'time' | 'ratio'}${number | ''}:${string}`

type Step = readonly [from: number, suffix: string]

const SI: readonly Step[] = [[1e12, 'T'], [1e9, 'G'], [1e6, 'M'], [1e3, 'k'], [0, '']] // biome-ignore format: a table
const IEC: readonly Step[] = [[1024 ** 4, 'Ti'], [1024 ** 3, 'Gi'], [1024 ** 2, 'Mi'], [1024, 'Ki'], [0, '']] // biome-ignore format: a table
const TIME: readonly Step[] = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
  [1e-3, 'ms'],
  [1e-6, 'µs'],
  [1e-9, 'ns'],
]

/** A number, not NaN, in the unit. */
function toGivenReading(value: number, unit: GivenUnit): Reading {
  const [, kind = 'as', places = '', what = ''] = /^([a-z]+)(\d*):(.*)$/s.exec(unit) ?? []
  const digits = (shown: number) =>
    places === '' || !Number.isFinite(shown) ? toDigits(shown) : toPlaces(shown, Number(places))
  if (kind === 'as') return { digits: digits(value), suffix: what }
  if (kind === 'ratio') return { digits: digits(value * 100), suffix: '%' }
  if (kind === 'time') {
    const seconds = value * Number(what)
    const [from, suffix] = stepOf(TIME, seconds) ?? [1, 's']
    return { digits: digits(seconds / from), suffix }
  }
  const [from, prefix] = stepOf(kind === 'iec' ? IEC : SI, value) ?? [0, '']
  return { digits: digits(value / (from || 1)), suffix: prefix + what }
}

/** What a value's prefix stands for, where that is no power of ten: such as 1024, or a minute's seconds. */
function roundOf(value: number, unit: string): number {
  if (unit.startsWith('iec')) return stepOf(IEC, value)?.[0] || 1
  if (!unit.startsWith('time')) return 1
  const scale = Number(unit.split(':')[1])
  const [from = 1] = stepOf(TIME, value * scale) ?? []
  return from > 1 ? from / scale : 1
}

const stepOf = (steps: readonly Step[], value: number) => steps.find(([from]) => Math.abs(value) >= from)

function toPlaces(value: number, decimals: number): string {
  const text = value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
  return text.replace('-', '−')
}

learnGivenUnits({ read: toGivenReading, round: roundOf })
