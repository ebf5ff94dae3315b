// The storage of this process, the same in every copy of this module.
import { env } from '../env'
import { perProcess } from '../per-process'
import type { Storage } from './storage'
import { createStorage } from './storage'

/** Created at the first call, bounded as the environment says. Throws if the environment is wrong. */
export function processStorage(): Storage {
  return perProcess('storage', () => createStorage(env()))
}
