// Finds what is held too weakly: the garbage collector runs all the while that something is waited for.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const EVERY_MS = 5

/** Settles as `work` does. */
export async function collectingGarbage<T>(work: Promise<T>): Promise<T> {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const timer = setInterval(collect, EVERY_MS)
  try {
    return await work
  } finally {
    clearInterval(timer)
  }
}
