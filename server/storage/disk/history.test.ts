import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Storage } from '../storage'
import { createStorage } from '../storage'
import { beginHistory } from './begin-history'
import { toFileFailure } from './file-failure'
import type { HistoryOptions } from './history'
import { openHistoryFile } from './history-file'

const BEGIN_MS = 1_760_000_000_000
const HOUR_MS = 3_600_000
const a = { __name__: 'a' }

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'history-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

function begin({ startedAtMs = BEGIN_MS, ...rest }: Partial<HistoryOptions> = {}) {
  const said: string[] = []
  const log = (message: string) => said.push(message.replaceAll(directory, 'DIR'))
  return { ...beginHistory({ directory, startedAtMs, log, ...rest }), said }
}

/** All that there is, as text; times are told from BEGIN_MS on. */
function contents(memory: Storage): string[] {
  return memory.select([], Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY).map((series) => {
    const { labels, timestampsMs, values, stale } = series
    const told = [...timestampsMs].map((ms, i) => {
      const value = Object.is(values[i], -0) ? '-0' : values[i]
      return `${ms - BEGIN_MS}=${stale?.[i] ? 'stale' : value}`
    })
    return `${labels.__name__}${labels.series ?? ''} ${told.join(' ')}`
  })
}

/** What another process would find. */
async function foundBy(startedAtMs: number): Promise<string[]> {
  const { memory, history, said } = begin({ startedAtMs })
  expect(await history.flush()).toBe(true)
  await history.stop()
  expect(said).toEqual([])
  return contents(memory).sort()
}

const codeError = (code: string) => Object.assign(new Error(`${code}: no`), { code })

describe('a history', () => {
  it('comes back, and each series ends where its process ended', async () => {
    const { memory, history } = begin()
    memory.append(a, BEGIN_MS + 1000, 1)
    memory.append(a, BEGIN_MS + 2000, Number.NaN)
    await history.flush()
    memory.append(a, BEGIN_MS + 3000, Number.POSITIVE_INFINITY)
    memory.append({ __name__: 'b' }, BEGIN_MS + 3000, -0)
    memory.markStale({ __name__: 'b' }, BEGIN_MS + 3500)
    await history.stop()
    expect(await foundBy(BEGIN_MS + 60_000)).toEqual([
      'a 1000=1 2000=NaN 3000=Infinity 4000=stale',
      'b 3000=-0 3500=stale',
    ])
    expect(readdirSync(directory)).toEqual(['history.db', 'history.db-journal'])
  })

  it('comes back whole after many rounds and restarts', async () => {
    const expected = Array.from({ length: 40 }, (_, series) => `s${series}`)
    let nowMs = BEGIN_MS
    for (let run = 0; run < 3; run++) {
      const { memory, history, said } = begin({ startedAtMs: nowMs })
      expect(await history.flush()).toBe(true)
      for (let flush = 0; flush < 30; flush++) {
        for (let i = 0; i < 3; i++) {
          nowMs += 1000
          for (const [series, told] of expected.entries()) {
            memory.append({ __name__: 's', series: `${series}` }, nowMs, run * 1000 + flush * series)
            expected[series] = `${told} ${nowMs - BEGIN_MS}=${run * 1000 + flush * series}`
          }
        }
        await history.flush()
      }
      await history.stop()
      expect(said).toEqual([])
      for (const [series, told] of expected.entries()) expected[series] = `${told} ${nowMs + 1000 - BEGIN_MS}=stale`
      nowMs += 10_000
    }
    const found = await foundBy(nowMs)
    expect(found.join('\n') === expected.sort().join('\n')).toBe(true)
  })

  it('keeps what is appended while it is loaded', async () => {
    const first = begin()
    first.memory.append(a, BEGIN_MS + 1000, 1)
    await first.history.stop()
    const { memory, history } = begin({ startedAtMs: BEGIN_MS + 5000 })
    memory.append(a, BEGIN_MS + 6000, 2)
    const loading = history.flush()
    memory.append({ __name__: 'b' }, BEGIN_MS + 6000, 3)
    await loading
    memory.append(a, BEGIN_MS + 7000, 4)
    expect(contents(memory).sort()).toEqual(['a 1000=1 2000=stale 6000=2 7000=4', 'b 6000=3'])
    await history.stop()
    expect(await foundBy(BEGIN_MS + 60_000)).toEqual([
      'a 1000=1 2000=stale 6000=2 7000=4 8000=stale',
      'b 6000=3 7000=stale',
    ])
  })

  it('flushes at every interval by itself', async () => {
    const { memory, history } = begin({ flushIntervalMs: 5 })
    history.start()
    await vi.waitUntil(() => history.status().flushes > 3)
    memory.append(a, BEGIN_MS + 1000, 1)
    const { flushes } = history.status()
    await vi.waitUntil(() => history.status().flushes > flushes + 1)
    expect(history.status()).toMatchObject({ state: 'disk', failures: 0, file: 'history.db' })
    await history.stop()
    expect(await foundBy(BEGIN_MS + 5000)).toEqual(['a 1000=1 2000=stale'])
  })

  it('has all that came before the process ends, even while it is being written', async () => {
    const { memory, history } = begin()
    await history.flush()
    for (let i = 0; i < 50; i++) memory.append({ __name__: 's', series: `${i}` }, BEGIN_MS + 1000, i)
    const writing = history.flush()
    for (let turns = 0; turns < 4; turns++) await new Promise((resolve) => setImmediate(resolve))
    memory.append(a, BEGIN_MS + 1000, 1)
    history.flushNow()
    await writing
    await history.stop()
    const found = await foundBy(BEGIN_MS + 5000)
    expect(found).toHaveLength(51)
    expect(found).toContain('a 1000=1 2000=stale')
  })
})

describe('time', () => {
  it('that was set back before a start makes samples of a time to come, which are forgotten', async () => {
    const first = begin()
    for (const seconds of [1, 2, 3, 9]) first.memory.append(a, BEGIN_MS + seconds * 1000, seconds)
    await first.history.stop()
    const second = begin({ startedAtMs: BEGIN_MS + 2500 })
    await second.history.flush()
    expect(second.memory.append(a, BEGIN_MS + 3000, 30)).toBe(true)
    await second.history.stop()
    expect(await foundBy(BEGIN_MS + 60_000)).toEqual(['a 1000=1 2000=2 2499=stale 3000=30 4000=stale'])
  })

  it('that is set back while it runs is forgotten on disk as well', async () => {
    const { memory, history } = begin({ flushIntervalMs: 3_600_000 })
    history.start()
    for (const seconds of [1, 2, 3, 9]) memory.append(a, BEGIN_MS + seconds * 1000, seconds)
    await history.flush()
    memory.setBack(BEGIN_MS + 2500)
    memory.append(a, BEGIN_MS + 3500, 35)
    await history.stop()
    expect(await foundBy(BEGIN_MS + 60_000)).toEqual(['a 1000=1 2000=2 3500=35 4500=stale'])
  })
})

describe('the file', () => {
  type Span = { from: number; to: number; every: number }

  /** Samples of 30 series at each of these seconds, and a flush every so often; gives the largest size. */
  async function fill({ memory, history }: ReturnType<typeof begin>, { from, to, every }: Span): Promise<number> {
    let largest = 0
    for (let second = from + 1; second <= to; second++) {
      for (let i = 0; i < 30; i++) {
        memory.append({ __name__: 's', series: `${i}` }, BEGIN_MS + second * 1000, Math.sin(second * i))
      }
      if (second % every === 0) await history.flush()
      largest = Math.max(largest, history.status().bytes)
    }
    return largest
  }

  it('has the retention as the memory has, and does not grow any more', async () => {
    const written = begin()
    written.memory.append({ __name__: 'old' }, BEGIN_MS, 1)
    const before = await fill(written, { from: 0, to: 5400, every: 60 })
    const after = await fill(written, { from: 5400, to: 9000, every: 60 })
    await written.history.stop()
    expect(after).toBeLessThan(before * 1.2)
    const file = await openHistoryFile(join(directory, 'history.db'), 2 ** 28)
    const blocks = (await file.outline()).filter(({ kind }) => kind === 'block')
    await file.close()
    expect(Math.min(...blocks.map(({ newestMs }) => newestMs))).toBeGreaterThanOrEqual(BEGIN_MS + 5_400_000)
    expect(await foundBy(BEGIN_MS + 9_100_000)).toHaveLength(30)
  })

  it('is not larger than its limit: what is oldest goes', async () => {
    const limitBytes = 400 * 1024
    const written = begin({ limitBytes })
    expect(await fill(written, { from: 0, to: 2400, every: 20 })).toBeLessThanOrEqual(limitBytes)
    expect(written.said).toEqual([])
    await written.history.stop()
    const [series] = await foundBy(BEGIN_MS + 2500_000)
    expect(series).not.toContain(' 60000=')
    expect(series).toContain(' 2400000=')
  })

  it('is written by one process only, and by the next when that has ended', async () => {
    const first = begin()
    first.memory.append(a, BEGIN_MS + 1000, 1)
    await first.history.flush()
    const second = begin({ startedAtMs: BEGIN_MS + 5000 })
    second.memory.append({ __name__: 'b' }, BEGIN_MS + 6000, 2)
    expect([await second.history.flush(), await second.history.flush()]).toEqual([false, false])
    expect(second.history.status()).toMatchObject({ state: 'memory', failures: 0, problem: { kind: 'locked' } })
    expect(await first.history.flush()).toBe(true)
    await first.history.stop()
    expect(await second.history.flush()).toBe(true)
    expect(second.history.status()).toMatchObject({ state: 'disk', problem: undefined })
    expect(contents(second.memory).sort()).toEqual(['a 1000=1 2000=stale', 'b 6000=2'])
    await second.history.stop()
    expect(second.said).toEqual([
      'another process writes the history (SQLITE_BUSY): DIR/history.db. This one does when that has ended.',
      'the history is written to DIR/history.db now.',
    ])
  })
})

describe('a disk', () => {
  it('that is full leaves the history in memory, is told of once, and is used again when there is room', async () => {
    let isFull = false
    const open: typeof openHistoryFile = async (path, limitBytes) => {
      const file = await openHistoryFile(path, limitBytes)
      return {
        ...file,
        async commit(change, toCheck) {
          if (isFull) throw toFileFailure(codeError('ENOSPC'))
          await file.commit(change, toCheck)
        },
      }
    }
    const { memory, history, said } = begin({ open })
    memory.append(a, BEGIN_MS + 1000, 1)
    expect(await history.flush()).toBe(true)
    isFull = true
    memory.append(a, BEGIN_MS + 2000, 2)
    expect([await history.flush(), await history.flush()]).toEqual([false, false])
    expect(history.status()).toMatchObject({ state: 'memory', failures: 2, problem: { kind: 'full' } })
    isFull = false
    memory.append(a, BEGIN_MS + 3000, 3)
    expect(await history.flush()).toBe(true)
    await history.stop()
    expect(said).toEqual([
      "the history can't be written to DIR/history.db: the disk is full (ENOSPC). It is in memory only until it can.",
      'the history is written to DIR/history.db again.',
    ])
    expect(await foundBy(BEGIN_MS + 60_000)).toEqual(['a 1000=1 2000=2 3000=3 4000=stale'])
  })

  it("SQLite's own word for it is understood, and what was there stays", async () => {
    const limitBytes = 64 * 1024
    const { memory, history } = begin({ limitBytes })
    memory.append(a, BEGIN_MS + 1000, 1)
    expect(await history.flush()).toBe(true)
    for (let i = 0; i < 3000; i++) memory.append({ __name__: 's', series: `${i}` }, BEGIN_MS + 1000, i)
    expect(await history.flush()).toBe(false)
    expect(history.status()).toMatchObject({ state: 'memory', problem: { kind: 'full' } })
    await history.stop()
    expect(statSync(join(directory, 'history.db')).size).toBeLessThanOrEqual(limitBytes)
    expect(await foundBy(BEGIN_MS + 60_000)).toEqual(['a 1000=1 2000=stale'])
  })

  it.each(['EROFS', 'EACCES', 'SQLITE_READONLY'])('that is not writable (%s) is tried again', async (code) => {
    let isWritable = false
    const open: typeof openHistoryFile = (path, limitBytes) =>
      isWritable ? openHistoryFile(path, limitBytes) : Promise.reject(codeError(code))
    const { memory, history, said } = begin({ open })
    memory.append(a, BEGIN_MS + 1000, 1)
    expect(await history.flush()).toBe(false)
    expect(history.status().problem).toEqual({ kind: 'readOnly', message: `it is not writable (${code})` })
    isWritable = true
    expect(await history.flush()).toBe(true)
    await history.stop()
    expect(said).toHaveLength(2)
    expect(await foundBy(BEGIN_MS + 60_000)).toEqual(['a 1000=1 2000=stale'])
  })

  it.each(['/proc/hearth/data', '/sys/hearth/data'])('that has no folders (%s) is refused in words', async (folder) => {
    const { history, said } = begin({ directory: folder })
    expect(await history.flush()).toBe(false)
    await history.stop()
    expect(history.status()).toMatchObject({ state: 'memory', problem: { kind: 'readOnly' } })
    expect(said).toEqual([
      expect.stringMatching(/^the history can't be written to .*(no folder can be|is not writable)/),
    ])
  })

  it('where the folder cannot be made is no reason to fail', async () => {
    writeFileSync(join(directory, 'file'), '')
    const { history, said } = begin({ directory: join(directory, 'file', 'folder') })
    expect(await history.flush()).toBe(false)
    history.flushNow()
    await history.stop()
    expect(history.status()).toMatchObject({ state: 'memory', problem: { kind: 'unavailable' } })
    expect(said).toEqual([expect.stringContaining('ENOTDIR')])
  })
})

describe('others', () => {
  const SERIES = 500
  /** Far more than reading or adopting a series takes. */
  const MS_PER_SERIES = 0.5

  it('have their turn while it is written and while it is loaded', async () => {
    const { memory, history } = begin()
    for (let i = 0; i < SERIES; i++) memory.append({ __name__: 's', series: `${i}` }, BEGIN_MS + 1000, i)
    let clockMs = 0
    vi.spyOn(performance, 'now').mockImplementation(() => clockMs)
    const find: Storage['find'] = (...question) =>
      memory.find(...question).map((series) => ({
        ...series,
        labels: series.labels,
        oldestMs: series.oldestMs,
        newestMs: series.newestMs,
        roomBetween: (...between) => series.roomBetween(...between),
        read(...into) {
          clockMs += MS_PER_SERIES
          return series.read(...into)
        },
      }))
    const writing = begin({ memory: { ...memory, find } })
    expect(
      await longestWaitMs(
        () => writing.history.flush(),
        () => clockMs,
      ),
    ).toBeLessThan(20)
    await writing.history.stop()
    await history.stop()

    const loaded = createStorage({ retentionMs: HOUR_MS, seriesLimit: 10_000 })
    const adopt: Storage['adopt'] = (...history) => {
      clockMs += MS_PER_SERIES
      return loaded.adopt(...history)
    }
    const loading = begin({ memory: { ...loaded, adopt }, startedAtMs: BEGIN_MS + 5000 })
    expect(
      await longestWaitMs(
        () => loading.history.flush(),
        () => clockMs,
      ),
    ).toBeLessThan(20)
    await loading.history.stop()
    expect(loaded.status().seriesCount).toBe(SERIES)
  })

  async function longestWaitMs(work: () => Promise<unknown>, clock: () => number): Promise<number> {
    let longestMs = 0
    let lastMs = clock()
    let isOver = false
    const turn = () => {
      longestMs = Math.max(longestMs, clock() - lastMs)
      lastMs = clock()
      if (!isOver) setImmediate(turn)
    }
    setImmediate(turn)
    const begunMs = clock()
    await work()
    isOver = true
    expect(clock() - begunMs).toBeGreaterThan(SERIES * MS_PER_SERIES - 1)
    return longestMs
  }
})
