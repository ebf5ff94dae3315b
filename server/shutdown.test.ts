import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { Agent, createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import { bundle } from '../scripts/bundle.mjs'
import { shutdownSignal } from './shutdown'

test('a signal of the process aborts, and connections close as their responses end', async () => {
  const listenOnce = vi.spyOn(process, 'once').mockReturnValue(process)
  vi.spyOn(process, 'prependOnceListener').mockReturnValue(process)
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

test.each([
  ['where nobody else listens, the process ends as it would without us', 'never', 143],
  ['who listens once ends it in its own time', 'once', 7],
  ['so does who listens always', 'always', 7],
  ['and who came later', 'later', 7],
])('%s', async (_sentence, LISTENS, code) => {
  const program = await bundle(fileURLToPath(new URL('shutdown.program.ts', import.meta.url)))
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, LISTENS },
  })
  const exited = once(child, 'exit')
  const said = text(child.stdout)
  await once(child.stdout, 'data')
  child.kill('SIGTERM')
  expect(await exited).toEqual([code, null])
  expect(await said).toContain('exit')
})
