// The gate of this process, and the memory that its questions share. Live streams have gates of their own.
import { env } from '../env'
import { MemoryPool } from '../memory-pool'
import { perProcess } from '../per-process'
import type { Gate } from './gate'
import { createGate } from './gate'

/** How many questions are answered at a time: there is one thread for them, and each holds its samples meanwhile. */
const SLOTS = 8
/** Some dashboards of thirty panels that open at once. */
const MAX_WAITING = 256

/** For what people and programs ask: the HTTP API and the procedures of tRPC. */
export function processGate(): Gate {
  return perProcess('query-gate', () => {
    return createGate({ slots: SLOTS, maxWaiting: MAX_WAITING, timeoutMs: env().queryTimeoutMs })
  })
}

export function processMemory(): MemoryPool {
  return perProcess('query-memory', () => new MemoryPool(env().queryMemoryBytes))
}
