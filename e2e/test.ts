// What the specs import instead of Playwright's own `test`: a server of this app, shared by the tests of a worker, and
// pages that know its address. A test that has to kill or configure a server starts its own with `startServer`.
import { test as base } from '@playwright/test'
import type { Server } from './start-server'
import { startServer } from './start-server'

export const test = base.extend<object, { server: Server }>({
  server: [
    async ({}, provide) => {
      const server = await startServer()
      await provide(server)
      await server.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: ({ server }, provide) => provide(server.url),
})
