// The storage of this process, the same in every copy of this module.
import { env } from '../env'
import { logError } from '../log'
import { perProcess } from '../per-process'
import { thisProcess } from '../this-process'
import type { Storage } from './storage'
import { createStorage } from './storage'

/**
 * Created at the first call, bounded as the environment says. SERIES_LIMIT is for each target: one whose series explode
 * takes no place from the others. The memory is for all together, and this app's own series come first. Throws if the
 * environment is wrong.
 */
export function processStorage(): Storage {
  return perProcess('storage', () => {
    const { retentionMs, seriesLimit, seriesMemoryBytes } = env()
    const { job, instance } = thisProcess()
    return createStorage({
      retentionMs,
      seriesLimit,
      limitPer: ['job', 'instance'],
      memoryLimitBytes: seriesMemoryBytes,
      first: { job, instance },
      log: logError,
    })
  })
}
