// A receiver of remote write on loopback, which answers as a test says and keeps what it has taken.
import { once } from 'node:events'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { PbfReader } from 'pbf'
import { uncompress } from 'snappyjs'

export type Received = { labels: Record<string, string>; timestampMs: number; value: number; isStale: boolean }

export type Receiver = {
  url: string
  /** What it has answered with 204, in its order. */
  samples: Received[]
  requests: { headers: IncomingHttpHeaders; body: Buffer; atMs: number }[]
  /** What the next requests are answered with, one each; then they are taken. */
  next: ((response: ServerResponse) => void)[]
  /** Not to be reached until `resume`, on the same address. */
  halt(): Promise<void>
  resume(): Promise<void>
  stop(): Promise<void>
}

export async function startReceiver(): Promise<Receiver> {
  const receiver: Pick<Receiver, 'samples' | 'requests' | 'next'> = { samples: [], requests: [], next: [] }
  let port = 0
  const open = async () => {
    const server = createServer(async (request, response) => {
      const body = await buffer(request)
      receiver.requests.push({ headers: request.headers, body, atMs: performance.now() })
      const answer = receiver.next.shift()
      if (answer !== undefined) return answer(response)
      if (request.headers['content-encoding'] === 'snappy') receiver.samples.push(...samplesIn(body))
      response.writeHead(204).end()
    }).listen(port, '127.0.0.1')
    await once(server, 'listening')
    port = (server.address() as AddressInfo).port
    return server
  }
  let server = await open()
  const halt = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return Object.assign(receiver, {
    url: `http://127.0.0.1:${port}/api/v1/write`,
    halt,
    resume: async () => {
      server = await open()
    },
    stop: halt,
  })
}

function samplesIn(body: Buffer): Received[] {
  const samples: Received[] = []
  const request = new PbfReader(uncompress(new Uint8Array(body)))
  request.readFields((_field, _none, series) => {
    const labels: Record<string, string> = {}
    series.readMessage((field, _own, part) => {
      if (field === 1) {
        const [name = '', value = ''] = part.readMessage<string[]>((_place, texts, label) => {
          texts.push(label.readString())
        }, [])
        labels[name] = value
      } else samples.push({ labels, ...part.readMessage(readSample, { value: 0, isStale: false, timestampMs: 0 }) })
    }, null)
  }, null)
  return samples
}

function readSample(field: number, sample: Omit<Received, 'labels'>, part: PbfReader): void {
  if (field === 2) sample.timestampMs = part.readVarint(true)
  else {
    sample.isStale = part.dataView.getBigUint64(part.pos, true) === 0x7ff0_0000_0000_0002n
    sample.value = part.readDouble()
  }
}
