// A source of series over a plain list, for tests and comparisons: what storage answers, without its index.
import { atOnce } from '../../slices'
import { satisfiesAny } from '../../storage/matcher'
import type { Series } from '../../storage/series'
import type { SeriesSource } from '../evaluation'

export function seriesList(list: Series[]): SeriesSource {
  return {
    *select(matchers, fromMs, toMs) {
      const selected = list.filter(({ labels }) => atOnce(satisfiesAny(labels, [matchers])))
      return selected.map((series) => slice(series, fromMs, toMs))
    },
  }
}

function slice({ labels, stale, timestampsMs, values }: Series, fromMs: number, toMs: number): Series {
  const isWanted = (_: number, i: number) => {
    const tMs = timestampsMs[i] ?? 0
    return tMs >= fromMs && tMs <= toMs
  }
  return {
    labels,
    timestampsMs: timestampsMs.filter(isWanted),
    values: values.filter(isWanted),
    stale: stale?.filter(isWanted),
  }
}
