// A source of series over a plain list, for tests and comparisons: what storage answers, without its index.
import type { Matcher, Series } from '../storage/series'
import type { SeriesSource } from './evaluation'
import { labelValue } from './labels'
import { anchoredRegexp } from './regexp'

export function seriesList(list: Series[]): SeriesSource {
  return {
    select: (matchers, fromMs, toMs) => {
      const tests = matchers.map(testOf)
      return list.filter((series) => tests.every((test) => test(series))).map((series) => slice(series, fromMs, toMs))
    },
  }
}

function testOf({ name, op, value }: Matcher): (series: Series) => boolean {
  const regexp = op === '=~' || op === '!~' ? anchoredRegexp(value) : undefined
  const isWanted = op === '=' || op === '=~'
  return ({ labels }) => {
    const actual = labelValue(labels, name)
    return (regexp ? regexp.testExact(actual) : actual === value) === isWanted
  }
}

function slice({ labels, stale, timestampsMs, values }: Series, fromMs: number, toMs: number): Series {
  const from = timestampsMs.findIndex((tMs) => tMs >= fromMs)
  const start = from < 0 ? timestampsMs.length : from
  const end = timestampsMs.findLastIndex((tMs) => tMs <= toMs) + 1
  return {
    labels,
    timestampsMs: timestampsMs.slice(start, end),
    values: values.slice(start, end),
    stale: stale?.slice(start, end),
  }
}
