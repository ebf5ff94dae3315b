// Series in the notation of Prometheus's own tests (promqltest), for ours: `name{label="x"} 0+10x5 _ stale 7`.
import type { Labels } from '../../exposition/snapshot'
import type { Series } from '../../storage/series'
import type { SeriesSource } from '../evaluation'
import { parseMetricSelector } from '../parse'
import { seriesList } from './series-list'

/**
 * One series a line, each with a sample every `stepMs` from time 0 on. `1 2` are values, `_` is none, `stale` ends the
 * series, `a+bxn` begins at a and adds b n times, `axn` repeats a n times more, `_xn` is n times nothing.
 */
export function load(stepMs: number, text: string): SeriesSource {
  const lines = text.split('\n').map((line) => line.trim())
  return seriesList(lines.filter((line) => line !== '').map((line) => parseSeries(line, stepMs)))
}

/** One such line. Throws an Error for what is none. */
export function parseSeries(line: string, stepMs: number): Series {
  const { labels, values } = parseSeriesLine(line)
  const samples = values.flatMap((value, i) => (value === undefined ? [] : [{ value, tMs: i * stepMs }]))
  return {
    labels,
    timestampsMs: Float64Array.from(samples, ({ tMs }) => tMs),
    values: Float64Array.from(samples, ({ value }) => (value === 'stale' ? Number.NaN : value)),
    stale: Uint8Array.from(samples, ({ value }) => (value === 'stale' ? 1 : 0)),
  }
}

/** The labels and values of a line: undefined where there is none. */
export function parseSeriesLine(line: string): { labels: Labels; values: (number | 'stale' | undefined)[] } {
  const nameEnd = /^[^{\s]*(?:\{.*\})?/.exec(line)?.[0].length ?? 0
  const matchers = parseMetricSelector(line.slice(0, nameEnd))
  const values = line.slice(nameEnd).trim().split(/\s+/).flatMap(expand)
  return { labels: Object.fromEntries(matchers.map(({ name, value }) => [name, value])), values }
}

const NUMBER = '[+-]?(?:\\d+\\.?\\d*(?:e[+-]?\\d+)?|\\.\\d+(?:e[+-]?\\d+)?|inf|nan)'
const SERIES_OF_VALUES = new RegExp(`^(${NUMBER})([+-]${NUMBER})?(?:x(\\d+))?$`, 'i')

function expand(token: string): (number | 'stale' | undefined)[] {
  if (token === 'stale') return ['stale']
  if (/^_(x\d+)?$/.test(token)) return new Array(Number(token.slice(2) || 1)).fill(undefined)
  const [, start = '', growth = '0', times = '0'] = SERIES_OF_VALUES.exec(token) ?? []
  if (start === '') throw new Error(`expected values, got ${token}`)
  return Array.from(
    { length: Number(times) + 1 },
    (_, i) => numberOf(start) + (growth === '0' ? 0 : i * numberOf(growth)),
  )
}

/** A number of the notation: NaN and infinities as well. */
export function numberOf(text: string): number {
  return Number(text.replace(/inf/i, 'Infinity').replace(/nan/i, 'NaN'))
}
