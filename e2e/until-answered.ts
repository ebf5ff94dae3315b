// Waits for a server that a test has started.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Program } from './program'

const PATIENCE_MS = 60_000
const BETWEEN_TRIES_MS = 20

/**
 * Asks for `url` until there is an answer, of any status: once, as the server counts. Throws what the server said if it ends,
 * or doesn't answer in a minute.
 */
export async function untilAnswered(server: Program, url: string): Promise<void> {
  const deadlineMs = performance.now() + PATIENCE_MS
  while (!(await isAnswered(url))) {
    if (server.hasEnded() || performance.now() > deadlineMs) {
      await server.kill()
      throw new Error(`Nothing answers at ${url}. The server said:\n${server.output()}`)
    }
    await sleep(BETWEEN_TRIES_MS)
  }
}

async function isAnswered(url: string): Promise<boolean> {
  try {
    await (await fetch(url)).arrayBuffer()
    return true
  } catch {
    return false
  }
}
