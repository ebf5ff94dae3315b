import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { currentResponse, enterResponse, takeResponse } from './current-response'
import { onRequestStart } from './http-channels'

async function withServer(listener: RequestListener, work: (port: number) => Promise<void>) {
  const end = onRequestStart((exchange) => void exchange.response.once('close', enterResponse(exchange)))
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    await work((server.address() as AddressInfo).port)
  } finally {
    end()
    server.closeAllConnections()
    server.close()
  }
}

test('outside of requests there is none', () => {
  expect(currentResponse()).toBeUndefined()
})

test('each scrape knows its own, as do files of the client, however they interleave, and other requests know none', async () => {
  const listener: RequestListener = async (request, response) => {
    await sleep(request.url === '/slow/metrics?name[]=up' ? 30 : 5)
    currentResponse()?.setHeader('own', request.url ?? '')
    await Promise.resolve()
    response.end(String(currentResponse() === response))
  }
  const known = ['/slow/metrics?name[]=up', '/metrics', '/hearth/assets/Geist-Mono-0123456789ab.woff2']
  const others = ['/metrics/of/others', '/metrics2', '/', '/assets/main.js', '/assets/x/y-0123456789ab.js']
  const paths = [...known, ...others, '/slow/metrics?name[]=up']
  const own = paths.map((path) => (known.includes(path) ? path : null))
  await withServer(listener, async (port) => {
    for (let times = 0; times < 3; times++) {
      const answers = await Promise.all(paths.map((path) => fetch(`http://127.0.0.1:${port}${path}`)))
      expect(answers.map(({ headers }) => headers.get('own'))).toEqual(own)
      const bodies = await Promise.all(answers.map((answer) => answer.text()))
      expect(bodies).toEqual(own.map((path) => String(path !== null)))
    }
  })
})

test('requests that share a connection, one behind the other, know their own', async () => {
  const listener: RequestListener = async (request, response) => {
    await sleep(request.url === '/1/metrics' ? 30 : 1)
    response.end(`${request.url} ${currentResponse() === response} ${currentResponse() === undefined}\n`)
  }
  await withServer(listener, async (port) => {
    const socket = connect(port, '127.0.0.1')
    const head = (path: string, rest = '') => `GET ${path} HTTP/1.1\r\nHost: x\r\n${rest}\r\n`
    socket.write(head('/1/metrics') + head('/2') + head('/3/metrics', 'Connection: close\r\n'))
    const answers = await text(socket)
    expect(answers.match(/\/\d.* \w+ \w+(?=\n)/g)).toEqual([
      '/1/metrics true false',
      '/2 false true',
      '/3/metrics true false',
    ])
  })
})

test('what outlives its scrape lets go of it', async () => {
  const seen: unknown[] = []
  const listener: RequestListener = (_, response) => {
    setTimeout(() => seen.push(currentResponse()), 60)
    response.end()
  }
  await withServer(listener, async (port) => {
    const ask = async () =>
      (await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { connection: 'close' } })).text()
    await ask()
    await sleep(30)
    await ask()
    await sleep(100)
  })
  expect(seen).toEqual([undefined, undefined])
})

test('a stream takes its own away, and nobody has it afterwards', async () => {
  const taken: boolean[] = []
  const listener: RequestListener = async (_, response) => {
    await sleep(1)
    taken.push(takeResponse() === response, takeResponse() === undefined, currentResponse() === undefined)
    response.end()
  }
  await withServer(listener, async (port) => {
    await Promise.all([1, 2].map(() => fetch(`http://127.0.0.1:${port}/api/trpc/metrics.live?input=1`)))
  })
  expect(taken).toEqual([true, true, true, true, true, true])
})
