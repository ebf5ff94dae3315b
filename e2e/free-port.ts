// A port of the loopback interface that nothing listens on. It is below those that the system gives to outgoing
// connections, so that none of them has it while a server that is killed is started again.
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

const FIRST = 10_000
const END = 32_000

export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, END)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
