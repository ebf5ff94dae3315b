// The storage as PromQL reads it: series by series, so that a query can pause in between.
import type { SeriesSource } from '../promql/evaluation'
import type { Storage } from '../storage/storage'

export function seriesSource({ held, selectLazily }: Pick<Storage, 'held' | 'selectLazily'>): SeriesSource {
  return { select: selectLazily, held }
}
