// A source of series as the app has it: remembered by the storage, sample by sample.
import type { Series } from '../../storage/series'
import { createStorage } from '../../storage/storage'
import type { SeriesSource } from '../evaluation'

export function storedSeries(list: readonly Series[]): SeriesSource {
  const storage = createStorage({ retentionMs: 30 * 86_400_000, seriesLimit: list.length })
  for (const { labels, stale, timestampsMs, values } of list) {
    for (const [i, tMs] of timestampsMs.entries()) {
      if (stale?.[i] === 1) storage.markStale(labels, tMs)
      else storage.append(labels, tMs, values[i] ?? 0)
    }
  }
  return { select: storage.selectLazily, held: storage.held }
}
