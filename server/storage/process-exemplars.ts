// The exemplars of this process, the same in every copy of this module.
import { perProcess } from '../per-process'
import type { ExemplarStorage } from './exemplar-storage'
import { createExemplarStorage } from './exemplar-storage'

/** Some 5 MB at most. */
const CAPACITY = 10_000

export function processExemplars(): ExemplarStorage {
  return perProcess('exemplars', () => createExemplarStorage(CAPACITY))
}
