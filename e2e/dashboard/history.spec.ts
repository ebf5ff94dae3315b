// What a server remembers after its end: the page of the next one begins with it, however the first one ended.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from '@playwright/test'
import { test } from '../dashboard-test'
import { Overview } from '../pages/overview'
import { send } from '../send'
import type { Mode, Server } from '../start-server'
import { startServer } from '../start-server'

test.use({ tolerated: /ERR_(?:CONNECTION_REFUSED|INCOMPLETE_CHUNKED_ENCODING|CONNECTION_RESET|EMPTY_RESPONSE)/ })

let folder: string
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hearth-'))
})
test.afterEach(() => rmSync(folder, { recursive: true, force: true }))

const FLUSH_INTERVAL = '1s'
/** A gap of more than one step of the charts. */
const ABSENCE_MS = 3000

type Answer = {
  data: { result: { metric: Record<string, string>; value?: [number, string]; values?: [number, string][] }[] }
}

async function ask({ url }: Server, expr: string): Promise<Answer['data']['result']> {
  const response = await fetch(`${url}/prometheus/api/v1/query?query=${encodeURIComponent(expr)}`)
  return ((await response.json()) as Answer).data.result
}

/** What the history says of itself. */
async function historyOf({ url }: Server): Promise<{ state: string; flushes: number; problem?: { kind: string } }> {
  const response = await fetch(`${url}/api/trpc/metrics.status`)
  const answer = (await response.json()) as { result: { data: { history: never } } }
  return answer.result.data.history
}

async function hasFlushed(server: Server): Promise<void> {
  const { flushes } = await historyOf(server)
  await expect.poll(async () => (await historyOf(server)).flushes).toBeGreaterThan(flushes + 1)
}

const greetings = (range: string) => `requests_total{route="/", method="GET", status="200"}${range}`

const ENDINGS: { name: string; mode: Mode; end: (server: Server) => Promise<unknown> }[] = [
  { name: 'was told to end', mode: 'start', end: (server) => server.stop() },
  { name: 'crashed', mode: 'start', end: async (server) => hasFlushed(server).then(server.kill) },
  { name: 'was told to end, standalone', mode: 'standalone', end: (server) => server.stop() },
]

for (const { name, mode, end } of ENDINGS) {
  test(`the history of a server that ${name} is on the page of the next one`, async ({ page }) => {
    const env = { DATA_DIR: folder, FLUSH_INTERVAL }
    const first = await startServer({ mode, env })
    await send(first.url, '/', 9)
    await expect.poll(async () => (await ask(first, greetings('')))[0]?.value?.[1]).toBe('9')
    await end(first)
    await sleep(ABSENCE_MS)

    const second = await startServer({ mode, env, port: first.port })
    try {
      await expect.poll(async () => (await historyOf(second)).state).toBe('disk')
      await send(second.url, '/', 2)
      await expect.poll(async () => (await ask(second, greetings('')))[0]?.value?.[1]).toBe('2')

      // One series, which begins again at 0 after a gap: each request is counted once.
      const [samples, ...others] = await ask(second, greetings('[5m]'))
      expect(others).toEqual([])
      const values = samples?.values?.map(([, value]) => Number(value)) ?? []
      expect(values.join(' ')).toMatch(/^(?:\d )*9 (?:0 )*(?:[012] )*2(?: 2)*$/)
      const [resets] = await ask(second, `resets(${greetings('[5m]')})`)
      expect(resets?.value?.[1]).toBe('1')
      const lastBefore = samples?.values?.findLast(([, value]) => value === '9')?.[0] ?? 0
      const between = await ask(second, `${greetings('')} @ ${lastBefore + 1.5}`)
      expect(between).toEqual([])

      const overview = new Overview(page)
      await page.goto(`${second.url}/dashboard?range=5m`)
      await overview.becomesLive()
      await overview.pause.click()
      await overview.panel('Requests').getByRole('button', { name: 'Count' }).click()
      await expect(overview.panel('Requests')).toContainText('since the process started')
      const counts = (await overview.readings(overview.panel('Requests'))).map(({ rows }) => rows.get('requests'))
      expect(counts).toContain('9')
      expect(counts.at(-1)).toBe('2')
      expect(counts.slice(counts.lastIndexOf('9'))).toContain('–')
    } finally {
      await second.stop()
    }
  })
}

test('a server whose history another one writes has it on disk, and writes it when that ends', async ({ page }) => {
  const env = { DATA_DIR: folder, FLUSH_INTERVAL }
  const first = await startServer({ env })
  await expect.poll(async () => (await historyOf(first)).state).toBe('disk')
  const second = await startServer({ env })
  try {
    await page.goto(`${second.url}/dashboard`)
    const notice = page.getByRole('status', { name: 'History on disk' })
    await expect.poll(async () => (await historyOf(second)).state).toBe('disk')
    await expect(notice).toBeEmpty()
    expect((await historyOf(second)).flushes).toBe(0)
    await first.stop()
    await expect.poll(async () => (await historyOf(second)).flushes).toBeGreaterThan(0)
    await expect(notice).toBeEmpty()
  } finally {
    await first.kill()
    await second.stop()
  }
})

test('a server that cannot write its history says so on its page, and goes on', async ({ page }) => {
  // A file where the folder should be.
  const dataDir = join(folder, 'data')
  writeFileSync(dataDir, '')
  const server = await startServer({ env: { DATA_DIR: dataDir, FLUSH_INTERVAL } })
  try {
    const overview = new Overview(page)
    await page.goto(`${server.url}/dashboard`)
    await overview.becomesLive()
    await expect(page.getByRole('status', { name: 'History on disk' })).toContainText('in memory only')
    rmSync(dataDir)
    await expect(page.getByRole('status', { name: 'History on disk' })).toBeEmpty({ timeout: 20_000 })
    expect(server.output().match(/history can't be written/g)).toHaveLength(1)
  } finally {
    await server.stop()
  }
})
