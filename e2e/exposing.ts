// A target for tests: a server that answers every request with an exposition.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Exposing = { address: string; url: string; close(): void }

/** `text` is asked at each scrape, and told how many there were; `type` is its Content-Type. */
export async function exposing(
  text: (times: number) => string | Promise<string>,
  type = 'text/plain; version=0.0.4',
): Promise<Exposing> {
  let times = 0
  const server = createServer((_, response) => {
    void Promise.resolve(text(++times)).then((body) => response.setHeader('Content-Type', type).end(body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    address,
    url: `http://${address}/metrics`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
