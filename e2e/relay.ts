// Stands between a scraper and a server of this app: notes what both say, and may change what the scraper accepts.
import { once } from 'node:events'
import type { IncomingHttpHeaders } from 'node:http'
import { createServer, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The heads of one request and its response. */
export type Passage = { asked: IncomingHttpHeaders; status: number; answered: IncomingHttpHeaders }

export type Relay = { url: string; passages: readonly Passage[]; stop(): void }

/** Passes everything on to `target`, a server's address; with `accept` in place of what the scraper accepts. */
export async function startRelay(target: string, accept?: string): Promise<Relay> {
  const passages: Passage[] = []
  const relay = createServer((incoming, outgoing) => {
    const headers = accept === undefined ? incoming.headers : { ...incoming.headers, accept }
    const onward = send(new URL(incoming.url ?? '/', target), { method: incoming.method, headers }, (answer) => {
      passages.push({ asked: incoming.headers, status: answer.statusCode ?? 0, answered: answer.headers })
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  }).listen(0, '127.0.0.1')
  await once(relay, 'listening')
  return {
    url: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`,
    passages,
    stop: () => {
      relay.close()
      relay.closeAllConnections()
    },
  }
}
