// What memory a server says that it takes, in its own /metrics.
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

export type Memory = {
  /** Resident, as the system counts it. */
  rssBytes: number
  /** In use on the heap and in buffers beside it, garbage included. */
  heldBytes: number
}

const EVERY_MS = 500
const PATIENCE_MS = 5_000
const NAMES = ['process_resident_memory_bytes', 'nodejs_heap_size_used_bytes', 'nodejs_external_memory_bytes']

/** Undefined where it doesn't say so in time. */
export async function readMemory(url: string): Promise<Memory | undefined> {
  try {
    const query = NAMES.map((name) => `name[]=${name}`).join('&')
    const response = await fetch(`${url}/metrics?${query}`, { signal: AbortSignal.timeout(PATIENCE_MS) })
    const text = await response.text()
    const [rss, heap, external] = NAMES.map((name) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]))
    if (rss === undefined || heap === undefined || external === undefined) return undefined
    return Number.isNaN(rss + heap + external) ? undefined : { rssBytes: rss, heldBytes: heap + external }
  } catch {
    return undefined
  }
}

/** Reads it twice a second for so long. */
export async function watchMemory(url: string, forMs: number): Promise<Memory[]> {
  const watch = new AbortController()
  setTimeout(() => watch.abort(), forMs)
  return watchMemoryUntil(url, watch.signal)
}

export async function watchMemoryUntil(url: string, end: AbortSignal): Promise<Memory[]> {
  const seen: Memory[] = []
  while (!end.aborted) {
    const memory = await readMemory(url)
    if (memory) seen.push(memory)
    await sleep(EVERY_MS)
  }
  return seen
}

/** The least of each, which has the least garbage in it; NaN of nothing. */
export function leastOf(seen: readonly Memory[]): Memory {
  const least = (values: number[]) => (values.length === 0 ? Number.NaN : Math.min(...values))
  return { rssBytes: least(seen.map((one) => one.rssBytes)), heldBytes: least(seen.map((one) => one.heldBytes)) }
}

/** The most of each; NaN of nothing. */
export function mostOf(seen: readonly Memory[]): Memory {
  const most = (values: number[]) => (values.length === 0 ? Number.NaN : Math.max(...values))
  return { rssBytes: most(seen.map((one) => one.rssBytes)), heldBytes: most(seen.map((one) => one.heldBytes)) }
}

/** The most that a process has had so far, which Linux tells; undefined elsewhere, and of one that has ended. */
export function peakResidentBytes(pid: number): number | undefined {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
  } catch {
    return undefined
  }
}
