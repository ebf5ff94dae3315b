// What PromQL says across a restart, of the history that the next process finds on disk.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Snapshot } from '../exposition/snapshot'
import { createTargetScraper } from '../scrape/target-scraper'
import { createHistory } from '../storage/disk/history'
import type { Storage } from '../storage/storage'
import { createStorage } from '../storage/storage'
import { evaluateInstant } from './engine'

const BEGIN_MS = 1_760_000_000_000

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'restart-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

/** A process that lives from one second to another, scrapes itself every second, and counts one request in each. */
async function live(fromSecond: number, toSecond: number): Promise<Storage> {
  const startedAtMs = BEGIN_MS + fromSecond * 1000 - 300
  const memory = createStorage({ retentionMs: 3_600_000, seriesLimit: 100 })
  const limits = { flushIntervalMs: 60_000, limitBytes: 2 ** 26, endsAfterMs: 1000 }
  const history = createHistory({ directory, memory, startedAtMs, ...limits })
  await history.flush()
  let count = 0
  const collect = async (): Promise<Snapshot> => {
    const sample = { name: 'requests_total', labels: {}, value: ++count }
    const family = { name: 'requests_total', type: 'counter' as const, help: '', unit: '', samples: [sample] }
    return { takenAtMs: 0, families: [family] }
  }
  const target = { job: 'j', instance: 'i', url: '', timeoutMs: 1000, countsSinceMs: startedAtMs, collect }
  const { scrape } = createTargetScraper({ target, sink: memory })
  for (let second = fromSecond; second <= toSecond; second++) await scrape(BEGIN_MS + second * 1000, () => false)
  await history.stop()
  return memory
}

async function ask(storage: Storage, expr: string, second: number): Promise<number | undefined> {
  const value = await evaluateInstant(
    { select: storage.selectLazily, held: storage.held },
    expr,
    BEGIN_MS + second * 1000,
  )
  return value.type === 'vector' ? value.series[0]?.value : undefined
}

it('a restart is a gap and a reset, and no request is lost or counted twice', async () => {
  await live(1, 60)
  await live(75, 100)
  const storage = await live(101, 160)

  expect(await ask(storage, 'requests_total', 60)).toBe(60)
  expect(await ask(storage, 'requests_total', 61.5)).toBeUndefined()
  expect(await ask(storage, 'requests_total', 74)).toBeUndefined()
  expect(await ask(storage, 'requests_total', 75)).toBe(1)
  expect(await ask(storage, 'requests_total', 160)).toBe(60)
  expect(await ask(storage, 'resets(requests_total[200s])', 160)).toBe(2)
  // 58 from the second sample to the 60th, and all of the two others: at the ends it is extrapolated by a second.
  const increase = await ask(storage, 'increase(requests_total[159s])', 160)
  expect(increase).toBeGreaterThanOrEqual(58 + 26 + 60)
  expect(increase).toBeLessThan(58 + 26 + 60 + 1.1)
  expect(await ask(storage, 'max_over_time(rate(requests_total[5s])[159s:1s])', 160)).toBeLessThan(1.3)
})
