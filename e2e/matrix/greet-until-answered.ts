// Asks a server that is still starting: its port opens before its instrumentation has run.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Server } from '../start-server'

/**
 * Sends `GET /` many times a second until the first is answered, and gives how many answers came in all. Throws what
 * the server said if it ends instead.
 */
export async function greetUntilAnswered(server: Server): Promise<number> {
  let answers = 0
  const asked: Promise<void>[] = []
  while (answers === 0) {
    if (server.hasEnded()) throw new Error(`The server has ended. It said:\n${server.output()}`)
    const greeting = fetch(`${server.url}/`).then((response) => response.text())
    asked.push(greeting.then(() => void answers++).catch(() => {}))
    await sleep(20)
  }
  await Promise.all(asked)
  return answers
}
