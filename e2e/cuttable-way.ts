// A way to a server that can be cut and mended: for connections that break while the server lives.
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { connect, createServer } from 'node:net'
import { freePort } from './free-port'

export type CuttableWay = {
  url: string
  /** Breaks all connections, and takes no new ones until it is mended. */
  cut(): Promise<void>
  mend(): Promise<void>
}

export async function startWay(toPort: number): Promise<CuttableWay> {
  const port = await freePort()
  const sockets = new Set<Socket>()
  const way = createServer((near) => {
    const far = connect(toPort, '127.0.0.1')
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket
        .on('error', () => {})
        .on('close', () => {
          sockets.delete(socket)
          other.destroy()
        })
    }
    near.pipe(far).pipe(near)
  })
  const mend = async () => {
    way.listen(port, '127.0.0.1')
    await once(way, 'listening')
  }
  await mend()
  return {
    url: `http://127.0.0.1:${port}`,
    async cut() {
      way.close()
      for (const socket of sockets) socket.destroy()
      await once(way, 'close')
    },
    mend,
  }
}
