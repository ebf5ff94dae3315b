import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Storage } from '../storage'
import { createStorage } from '../storage'
import type { HistoryOptions } from './history'
import { createHistory } from './history'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'history-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const BEGIN_MS = 1_760_000_000_000
const HOUR_MS = 3_600_000

const said: string[] = []

function begin({ startedAtMs = BEGIN_MS, ...rest }: Partial<HistoryOptions> = {}) {
  const memory = createStorage({ retentionMs: HOUR_MS, seriesLimit: 10_000 })
  said.length = 0
  const history = createHistory({
    directory,
    memory,
    flushIntervalMs: 5000,
    limitBytes: 2 ** 28,
    endsAfterMs: 1000,
    startedAtMs,
    log: (message) => said.push(message),
    ...rest,
  })
  return { memory, history }
}

/** All that there is, as text. */
function contents(memory: Storage): string[] {
  return memory.select([], -Infinity, Infinity).map(({ labels, timestampsMs, values, stale }) => {
    const samples = [...timestampsMs].map((ms, i) => `${ms - BEGIN_MS}=${stale?.[i] ? 'stale' : values[i]}`)
    return `${JSON.stringify(labels)} ${samples.join(' ')}`
  })
}

describe('a history', () => {
  it('comes back, and each series ends where its process ended', async () => {
    const first = begin()
    first.memory.append({ __name__: 'a' }, BEGIN_MS + 1000, 1)
    first.memory.append({ __name__: 'a' }, BEGIN_MS + 2000, Number.NaN)
    await first.history.flush()
    first.memory.append({ __name__: 'a' }, BEGIN_MS + 3000, Number.POSITIVE_INFINITY)
    first.memory.append({ __name__: 'b' }, BEGIN_MS + 3000, -0)
    first.memory.markStale({ __name__: 'b' }, BEGIN_MS + 4000)
    await first.history.stop()
    const second = begin({ startedAtMs: BEGIN_MS + 60_000 })
    await second.history.flush()
    expect(contents(second.memory)).toEqual([
      '{"__name__":"a"} 1000=1 2000=NaN 3000=Infinity 4000=stale',
      '{"__name__":"b"} 3000=0 4000=stale',
    ])
    expect(readdirSync(directory)).toEqual(['history.db', 'history.db-journal'])
    await second.history.stop()
    expect(said).toEqual([])
  })

  it('goes on over many rounds and restarts', async () => {
    let expected: string[] = []
    let nowMs = BEGIN_MS
    for (let run = 0; run < 3; run++) {
      const { memory, history } = begin({ startedAtMs: nowMs })
      expect(await history.flush()).toBe(true)
      expect(contents(memory).sort().join('\n') === expected.sort().join('\n')).toBe(true)
      for (let flush = 0; flush < 30; flush++) {
        for (let i = 0; i < 3; i++) {
          nowMs += 1000
          for (let series = 0; series < 40; series++) {
            memory.append({ __name__: 's', series: `${series}` }, nowMs, run * 1000 + flush * series)
          }
        }
        await history.flush()
      }
      await history.stop()
      memory.select([], -Infinity, Infinity)
      for (let series = 0; series < 40; series++) memory.markStale({ __name__: 's', series: `${series}` }, nowMs + 1000)
      expected = contents(memory)
      nowMs += 10_000
    }
    expect(said).toEqual([])
  })
})
