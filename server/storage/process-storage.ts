// The storage of this process, the same in every copy of this module.
import { env } from '../env'
import { perProcess } from '../per-process'
import type { Storage } from './storage'
import { createStorage } from './storage'

/**
 * Created at the first call, bounded as the environment says. The limit is for each target: one whose series explode
 * takes no place from the others. Throws if the environment is wrong.
 */
export function processStorage(): Storage {
  return perProcess('storage', () => createStorage({ ...env(), limitPer: ['job', 'instance'] }))
}
