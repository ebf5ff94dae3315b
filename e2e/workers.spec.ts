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
  test(`${title} count exactly, over ${KILLS.SIGTERM} SIGTERM and ${KILLS.SIGKILL} SIGKILL`, async () => {
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

test('two servers that share a folder are one app, also while one takes the place of the other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'two-servers-'))
  const env = { DATA_DIR: folder, FLUSH_INTERVAL: '1s' }
  const products = { route: '/demo/api/orders/[id]' }
  const one = await startServer({ env, port: await freePort() })
  const two = await startServer({ env, port: await freePort() })
  try {
    await send(one.url, '/demo/api/orders/1', 30)
    await send(two.url, '/demo/api/orders/2', 12)
    for (const { url } of [one, two]) {
      await expect.poll(() => sumOf(url, 'requests_total', products)).toBe(42)
      await expect.poll(() => sumOf(url, 'latency_seconds_count', products)).toBe(42)
      await expect.poll(() => storedCount(url)).toBe(42)
    }
    expect(await ownCount(two.url)).toBe(12)
    expect(await sumOf(two.url, 'process_start_time_seconds', { worker: '0' })).toBeGreaterThan(0)
    expect(await sumOf(two.url, 'process_start_time_seconds', { worker: '1' })).toBeGreaterThan(0)
    await send(one.url, '/demo/api/orders/1', 8)
    await one.stop()
    await expect.poll(() => sumOf(two.url, 'requests_total', products)).toBe(50)
    await expect.poll(() => storedCount(two.url)).toBe(50)
  } finally {
    await one.stop()
    await two.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})

/** What the HTTP API of this server says that all have counted. */
async function storedCount(url: string): Promise<number> {
  const query = encodeURIComponent('sum(requests_total{route="/demo/api/orders/[id]"})')
  const answer = await (await fetch(`${url}/prometheus/api/v1/query?query=${query}`)).json()
  return Number(answer.data.result[0]?.value[1] ?? 0)
}

async function ownCount(url: string): Promise<number> {
  const exposition = await (await fetch(`${url}/metrics?worker=self`)).text()
  const counts = exposition.matchAll(/^requests_total\{.*route="\/demo\/api\/orders\/\[id\]".*\} (\d+)$/gm)
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0)
}
