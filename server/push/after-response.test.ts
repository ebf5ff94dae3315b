import { AsyncLocalStorage } from 'node:async_hooks'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { runInThisContext } from 'node:vm'
import { expect, test, vi } from 'vitest'
import { flushAfterResponses } from './after-response'

const globals: object = runInThisContext('this')

test.each(['@next/request-context', '@vercel/request-context'])(
  'a platform with %s waits for what is sent after the response, and for nothing of others',
  async (name) => {
    const contexts = new AsyncLocalStorage<object>()
    const waits: Promise<unknown>[] = []
    let flushes = 0
    const end = flushAfterResponses(async () => {
      flushes++
    })
    const context = { waitUntil: (promise: Promise<unknown>) => waits.push(promise) }
    const server = createServer((request, response) => {
      const answer = () => response.end('answered')
      if (request.url === '/known') contexts.run(context, answer)
      else answer()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const get = async (path: string) => {
      const answered = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`)
      expect(await answered.text()).toBe('answered')
    }
    await get('/known')
    expect(waits).toHaveLength(0)

    Reflect.set(globals, Symbol.for(name), { get: () => contexts.getStore() })
    await get('/unknown')
    expect(waits).toHaveLength(0)
    await get('/known')
    expect(waits).toHaveLength(1)
    await Promise.all(waits)
    expect(flushes).toBe(1)

    context.waitUntil = () => {
      throw new Error('the platform has a bad day')
    }
    Reflect.set(globals, Symbol.for(name), {
      get() {
        throw new Error('and another one')
      },
    })
    await get('/known')
    await vi.waitFor(() => expect(flushes).toBe(1))
    Reflect.deleteProperty(globals, Symbol.for(name))
    end()
    server.closeAllConnections()
    server.close()
  },
)
