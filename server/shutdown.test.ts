import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { Agent, createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test, vi } from 'vitest'
import { shutdownSignal } from './shutdown'

test('a signal of the process aborts, and connections close as their responses end', async () => {
  // As a server that ends itself has one: where there is none, the process would die.
  const ownHandler = () => {}
  process.on('SIGTERM', ownHandler)
  onTestFinished(() => void process.off('SIGTERM', ownHandler))
  const listenOnce = vi.spyOn(process, 'once').mockReturnValue(process)
  const signal = shutdownSignal()
  expect(shutdownSignal()).toBe(signal)
  expect(listenOnce.mock.calls.map(([name]) => name)).toEqual(['SIGTERM', 'SIGINT'])
  const [, terminate] = listenOnce.mock.calls[0] ?? []

  const server = createServer((_, response) => {
    response.write('begun, ')
    signal.addEventListener('abort', () => response.end('ended'))
  }).listen(0, '127.0.0.1')
  server.keepAliveTimeout = 0 // A connection that stays idle stays open for ever, and this test with it.
  await once(server, 'listening')
  const agent = new Agent({ keepAlive: true })
  const [response] = await once(get({ port: (server.address() as AddressInfo).port, agent }), 'response')

  const closed = once(server, 'close')
  server.close()
  expect(signal.aborted).toBe(false)
  terminate?.('SIGTERM')
  expect(signal.aborted).toBe(true)
  expect(await text(response as IncomingMessage)).toBe('begun, ended')
  await closed
  agent.destroy()
})
