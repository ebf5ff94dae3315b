// For the specs of the dashboard: a page that may not complain in its console, and a server of its own where a test
// counts what that server has seen.
import { expect } from '@playwright/test'
import { freePort } from './free-port'
import { Overview } from './pages/overview'
import type { Server } from './start-server'
import { startServer } from './start-server'
import { test as base } from './test'

type Fixtures = {
  overview: Overview
  /** What the browser's console may say besides, since the test takes its server away. */
  tolerated: RegExp | undefined
  complaints: string[]
}

export const test = base.extend<Fixtures>({
  // The whole board is on the screen: what isn't is drawn less often.
  viewport: { width: 1440, height: 1500 },
  tolerated: [undefined, { option: true }],
  complaints: [
    async ({ page, tolerated }, provide) => {
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('console', (message) => {
        if (/^(?:error|warning)$/.test(message.type())) complaints.push(message.text())
      })
      await provide(complaints)
      expect(complaints.filter((complaint) => tolerated?.test(complaint) !== true)).toEqual([])
    },
    { auto: true },
  ],
  overview: async ({ page }, provide) => provide(new Overview(page)),
})

/** The same with a server for each test, which nobody else has asked anything. */
export const freshTest = test.extend<{ variables: Record<string, string>; fresh: Server }>({
  variables: [{}, { option: true }],
  fresh: async ({ variables }, provide) => {
    const server = await startServer({ env: variables })
    await provide(server)
    await server.kill()
  },
  baseURL: ({ fresh }, provide) => provide(fresh.url),
})

export const TRACE_URL = 'https://tempo.example/trace/'

/** Both shells of one server: the page that Next renders, and the package's on a port of its own. */
export const SHELLS = ['Next', 'the package'] as const

type Both = Server & {
  /** The address of the overview. */
  home(shell: (typeof SHELLS)[number]): string
}

export const bothTest = test.extend<object, { both: Both }>({
  both: [
    async ({}, provide) => {
      const ownPort = await freePort()
      const env = { HEARTH_PORT: `${ownPort}`, TRACE_URL_TEMPLATE: `${TRACE_URL}{trace_id}`, BOARDS: 'e2e/boards' }
      const server = await startServer({ env })
      await provide({
        ...server,
        home: (shell) => (shell === 'Next' ? `${server.url}/dashboard` : `http://127.0.0.1:${ownPort}/`),
      })
      await server.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: ({ both }, provide) => provide(both.url),
})
