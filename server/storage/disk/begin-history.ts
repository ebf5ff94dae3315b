// For tests and the program that one of them kills: a storage with its history on disk, which flushes on demand.
import type { StorageOptions } from '../storage'
import { createStorage } from '../storage'
import type { HistoryOptions } from './history'
import { createHistory } from './history'
import { TICK_MS } from './invented-samples'

/** `said` are the lines that it logged, unless the options say where they go. */
export function beginHistory(
  options: Pick<HistoryOptions, 'directory' | 'startedAtMs'> & Partial<HistoryOptions>,
  storage: StorageOptions = { retentionMs: 3_600_000, seriesLimit: 10_000 },
) {
  const memory = createStorage(storage)
  const said: string[] = []
  const history = createHistory({
    memory,
    flushIntervalMs: 60_000,
    limitBytes: 2 ** 28,
    endsAfterMs: TICK_MS,
    log: (message) => said.push(message),
    ...options,
  })
  return { memory, history, said }
}
