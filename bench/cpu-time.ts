// Processor time instead of the clock's: on a machine with other work, the clock tells how busy the others are.
import { readFileSync } from 'node:fs'

/** Processor time of this process so far, of all its threads (garbage collection too), in milliseconds. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** The same of the main thread alone, where the system tells it (Linux does); else of all threads. */
export function mainThreadMs(): number {
  try {
    const [nanoseconds] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')
    return Number(nanoseconds) / 1e6
  } catch {
    return cpuMs()
  }
}
