// Series in the notation of Prometheus's own tests, for ours: `name{label="x"} 0+10x5 _ stale 7`.
import type { Series } from '../../storage/series'
import type { SeriesSource } from '../evaluation'
import { parseExpr } from '../parse'
import { seriesList } from './series-list'

/**
 * One series a line, each with a sample every `stepMs` from time 0 on. `1 2` are values, `_` is none, `stale` ends the
 * series, `a+bxn` begins at a and adds b n times, `axn` repeats a n times more, `_xn` is n times nothing.
 */
export function load(stepMs: number, text: string): SeriesSource {
  const lines = text.split('\n').map((line) => line.trim())
  return seriesList(lines.filter((line) => line !== '').map((line) => seriesOf(line, stepMs)))
}

function seriesOf(line: string, stepMs: number): Series {
  const nameEnd = /^[^{\s]*(?:\{.*\})?/.exec(line)?.[0].length ?? 0
  const selector = parseExpr(line.slice(0, nameEnd))
  if (selector.kind !== 'vectorSelector') throw new Error(`expected a series, got ${line}`)
  const values = line.slice(nameEnd).trim().split(/\s+/).flatMap(expand)
  const samples = values.flatMap((value, i) => (value === undefined ? [] : [{ value, tMs: i * stepMs }]))
  return {
    labels: Object.fromEntries(selector.matchers.map(({ name, value }) => [name, value])),
    timestampsMs: Float64Array.from(samples, ({ tMs }) => tMs),
    values: Float64Array.from(samples, ({ value }) => (value === 'stale' ? Number.NaN : value)),
    stale: Uint8Array.from(samples, ({ value }) => (value === 'stale' ? 1 : 0)),
  }
}

function expand(token: string): (number | 'stale' | undefined)[] {
  if (token === 'stale') return ['stale']
  if (token.startsWith('_')) return new Array(Number(token.slice(2) || 1)).fill(undefined)
  const [, start = '', growth = '0', times = '0'] =
    /^([+-]?[^x+-]+(?:e[+-]?\d+)?)([+-][^x]+)?(?:x(\d+))?$/.exec(token) ?? []
  if (start === '') throw new Error(`expected values, got ${token}`)
  return Array.from(
    { length: Number(times) + 1 },
    (_, i) => numberOf(start) + (growth === '0' ? 0 : i * numberOf(growth)),
  )
}

function numberOf(text: string): number {
  return Number(text.replace(/inf/i, 'Infinity'))
}
