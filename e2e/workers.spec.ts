// Processes that share a folder are killed at random while they are asked: what they count together is exact but for the
// second before each SIGKILL, and never goes back.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { bundle } from '../scripts/bundle.mjs'
import { killAtRandom } from '../server/exposition/workers/kill-at-random'
import { sumOf } from './exposition'
import { freePort } from './free-port'
import { send } from './send'
import { startServer } from './start-server'

const KILLS = { SIGTERM: 20, SIGKILL: 20 }

test.setTimeout(480_000)

for (const [title, run] of [
  ['four plain processes', { workers: 4, isCluster: false, seed: 1 }],
  ['the four workers of a cluster', { workers: 4, isCluster: true, seed: 2 }],
] as const) {
  test(`${title} count exactly, over ${KILLS.SIGTERM} SIGTERM and ${KILLS.SIGKILL} SIGKILL @long`, async () => {
    const directory = mkdtempSync(join(tmpdir(), 'workers-'))
    try {
      const program = await bundle(join(process.cwd(), 'server/exposition/workers/worker.program.ts'))
      const { atRisk, counted, errors, reads, sent, wentBack } = await killAtRandom({
        ...run,
        kills: KILLS,
        directory,
        program,
      })
      console.log(`${sent.least} answered, ${counted} counted, ${reads} reads, at most ${atRisk} at risk`)
      expect(wentBack).toEqual([])
      expect(errors).toEqual([])
      expect(counted).toBeLessThanOrEqual(sent.most)
      expect(counted).toBeGreaterThanOrEqual(sent.least - atRisk)
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  })
}

test('two servers that share a folder are one app, and nothing is lost while one takes the place of the other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'two-servers-'))
  const ownPort = String(await freePort())
  const env = { DATA_DIR: folder, FLUSH_INTERVAL: '1s', HEARTH_PORT: ownPort }
  const orders = { route: '/demo/api/orders/[id]' }
  const blue = await startServer({ env })
  await send(blue.url, '/demo/api/orders/1', 30)
  await expect.poll(() => storedCount(blue.url)).toBe(30)
  const green = await startServer({ env })
  try {
    await send(green.url, '/demo/api/orders/2', 12)
    for (const { url } of [blue, green]) {
      await expect.poll(() => sumOf(url, 'requests_total', orders)).toBe(42)
      await expect.poll(() => sumOf(url, 'latency_seconds_count', orders)).toBe(42)
      await expect.poll(() => storedCount(url)).toBe(42)
    }
    expect(await ownCount(green.url)).toBe(12)
    expect(await sumOf(green.url, 'process_start_time_seconds', { worker: '0' })).toBeGreaterThan(0)
    expect(await sumOf(green.url, 'process_start_time_seconds', { worker: '1' })).toBeGreaterThan(0)
    await expect.poll(green.output).toContain('this one takes the port when it is free')
    expect(await sumOf(`http://127.0.0.1:${ownPort}`, 'requests_total', orders)).toBe(42)

    await send(blue.url, '/demo/api/orders/1', 8)
    const own = await storedAt(green.url)
    // A busy machine may skip a second of one of them.
    const before = (await storedAt(blue.url)).filter((at) => at < Math.min(...own))
    expect(before.length).toBeGreaterThan(0)
    await blue.stop()
    await expect.poll(() => sumOf(green.url, 'requests_total', orders)).toBe(50)
    await expect.poll(() => storedCount(green.url)).toBe(50)
    // What blue had stored is read from the disk when it has ended.
    await expect
      .poll(async () => lacking(await storedAt(green.url), [...before, ...own]), { timeout: 30_000 })
      .toEqual([])
    await expect.poll(() => sumOf(`http://127.0.0.1:${ownPort}`, 'requests_total', orders).catch(String)).toBe(50)
  } finally {
    await blue.stop()
    await green.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})

async function ask(url: string, expr: string) {
  const answer = await (await fetch(`${url}/prometheus/api/v1/query?query=${encodeURIComponent(expr)}`)).json()
  return answer.data.result
}

/** What the HTTP API of this server says that all have counted. */
async function storedCount(url: string): Promise<number> {
  const [series] = await ask(url, 'sum(requests_total{route="/demo/api/orders/[id]"})')
  return Number(series?.value[1] ?? 0)
}

const lacking = (there: number[], wanted: number[]) => wanted.filter((one) => !there.includes(one))

/** The instants at which this server has a sample of `up`, which is one series whichever server has stored it. */
async function storedAt(url: string): Promise<number[]> {
  const [series, ...others] = await ask(url, 'up[10m]')
  expect(others).toEqual([])
  return (series?.values ?? []).map(([atSeconds]: [number, string]) => atSeconds)
}

async function ownCount(url: string): Promise<number> {
  const exposition = await (await fetch(`${url}/metrics?worker=self`)).text()
  const counts = exposition.matchAll(/^requests_total\{.*route="\/demo\/api\/orders\/\[id\]".*\} (\d+)$/gm)
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0)
}
