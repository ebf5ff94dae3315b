import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { currentResponse, enterResponse } from './current-response'
import { onRequestStart } from './http-channels'

async function withServer(listener: RequestListener, work: (port: number) => Promise<void>) {
  const end = onRequestStart(({ response }) => void response.once('close', enterResponse(response)))
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

test('each request knows its own, however they interleave', async () => {
  const listener: RequestListener = async (request, response) => {
    await sleep(request.url === '/slow' ? 30 : 5)
    currentResponse()?.setHeader('own', request.url ?? '')
    await Promise.resolve()
    response.end(String(currentResponse() === response))
  }
  await withServer(listener, async (port) => {
    for (const path of ['/slow', '/fast', '/slow', '/fast']) {
      const both = await Promise.all([fetch(`http://127.0.0.1:${port}${path}`), fetch(`http://127.0.0.1:${port}/fast`)])
      expect(both.map(({ headers }) => headers.get('own'))).toEqual([path, '/fast'])
      for (const answer of both) expect(await answer.text()).toBe('true')
    }
  })
})

test('requests that share a connection, one behind the other, know their own', async () => {
  const listener: RequestListener = async (request, response) => {
    await sleep(request.url === '/1' ? 30 : 1)
    response.end(`${request.url} ${currentResponse() === response}\n`)
  }
  await withServer(listener, async (port) => {
    const socket = connect(port, '127.0.0.1')
    const head = (path: string, rest = '') => `GET ${path} HTTP/1.1\r\nHost: x\r\n${rest}\r\n`
    socket.write(head('/1') + head('/2') + head('/3', 'Connection: close\r\n'))
    const answers = await text(socket)
    expect(answers.match(/\/\d \w+/g)).toEqual(['/1 true', '/2 true', '/3 true'])
  })
})

test('what outlives its request lets go of it', async () => {
  let seen: unknown = 'nothing yet'
  const listener: RequestListener = (_, response) => {
    setTimeout(() => {
      seen = currentResponse()
    }, 60)
    response.end()
  }
  await withServer(listener, async (port) => {
    await (await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } })).text()
    await sleep(100)
  })
  expect(seen).toBeUndefined()
})
