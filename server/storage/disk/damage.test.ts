import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beginHistory } from './begin-history'
import { connect } from './connection'
import { inventedLabels, inventedValue, TICK_MS } from './invented-samples'

const SERIES = 40
const FIRST_TICK = 1_760_000_000
const TICKS = 200

const directory = mkdtempSync(join(tmpdir(), 'damaged-'))
const path = join(directory, 'history.db')
const original = join(directory, 'original')
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const begin = (firstTick: number) => beginHistory({ directory, startedAtMs: firstTick * TICK_MS })

beforeAll(async () => {
  const { memory, history, said } = begin(FIRST_TICK)
  for (let tick = FIRST_TICK; tick < FIRST_TICK + TICKS; tick++) {
    for (let series = 0; series < SERIES; series++) {
      memory.append(inventedLabels(series), tick * TICK_MS, inventedValue(series, tick))
    }
    if (tick % 5 === 0) await history.flush()
  }
  await history.stop()
  expect(said).toEqual([])
  copyFileSync(path, original)
})

/** Starts an app on a file with these bytes, and on what that leaves; gives how many samples came back. */
async function startOn(bytes: Uint8Array): Promise<{ samples: number; said: string[]; names: string[] }> {
  for (const name of readdirSync(directory)) if (name !== 'original') rmSync(join(directory, name))
  writeFileSync(path, bytes)
  const first = begin(FIRST_TICK + TICKS + 100)
  expect(await first.history.flush()).toBe(true)
  const samples = countRight(first)
  await first.history.stop()
  const second = begin(FIRST_TICK + TICKS + 200)
  expect(await second.history.flush()).toBe(true)
  expect(countRight(second)).toBe(samples)
  await second.history.stop()
  expect(second.said).toEqual([])
  return { samples, said: first.said, names: readdirSync(directory).sort() }
}

/** How many samples there are, all of which have to be what was appended. */
function countRight({ memory }: ReturnType<typeof begin>): number {
  let count = 0
  for (const { labels, timestampsMs, values, stale } of memory.select([], 0, Number.POSITIVE_INFINITY)) {
    const series = Number(labels.series)
    expect(labels).toEqual(inventedLabels(series))
    const wrong = [...timestampsMs].filter(
      (ms, i) => !stale?.[i] && !Object.is(values[i], inventedValue(series, ms / TICK_MS)),
    )
    expect(wrong).toEqual([])
    count += timestampsMs.length - (stale?.reduce((sum, mark) => sum + mark, 0) ?? 0)
  }
  return count
}

describe('a history file', () => {
  it('comes back whole when nothing was done to it', async () => {
    const outcome = await startOn(readFileSync(original))
    expect(outcome).toEqual({
      samples: SERIES * TICKS,
      said: [],
      names: ['history.db', 'history.db-journal', 'original'],
    })
  })

  it('never gives a wrong sample wherever its bytes were changed, and is set aside with one message', async () => {
    const sound = readFileSync(original)
    let losses = 0
    for (let start = 0; start < sound.length; start += 1999) {
      const bytes = Buffer.from(sound)
      for (let i = start; i < Math.min(start + 7, bytes.length); i++) bytes[i] = (bytes[i] ?? 0) ^ 0x5a
      const { samples, said, names } = await startOn(bytes)
      const isWhole = samples === SERIES * TICKS
      if (!isWhole) losses++
      // Bytes that SQLite doesn't use may change unnoticed.
      if (!isWhole || said.length > 0) {
        expect({ start, said }).toEqual({ start, said: [expect.stringMatching(/can't be used.*a new one begins/)] })
        expect(names.filter((name) => /^history\.db\.(damaged|foreign|newer)$/.test(name))).toHaveLength(1)
      }
    }
    expect(losses).toBeGreaterThan(10)
  })

  it.each([0.01, 0.3, 0.5, 0.9, 0.999])('keeps what is sound when it ends after %d of its bytes', async (part) => {
    const sound = readFileSync(original)
    const { said } = await startOn(sound.subarray(0, Math.floor(sound.length * part)))
    expect(said).toEqual([expect.stringMatching(/can't be used: it is (damaged|no database)/)])
  })

  it.each([
    ['noise', Buffer.from(Array.from({ length: 20_000 }, (_, i) => (i * 7919) % 251))],
    ['a journal that was cut off', Buffer.from('d9d505f920a163d7000000ff', 'hex')],
    ['zeros', Buffer.alloc(9000)],
  ])('comes back whole beside a journal of %s', async (_, journal) => {
    writeFileSync(`${path}-journal`, journal)
    writeFileSync(path, readFileSync(original))
    const { memory, history, said } = begin(FIRST_TICK + TICKS + 100)
    expect(await history.flush()).toBe(true)
    expect(countRight({ memory, history, said })).toBe(SERIES * TICKS)
    await history.stop()
    expect(said).toEqual([])
  })

  it('is begun when there are no bytes yet', async () => {
    expect(await startOn(Buffer.alloc(0))).toMatchObject({ samples: 0, said: [] })
  })

  it('that is something else is set aside, and nothing of it is changed', async () => {
    const text = Buffer.from('What I wanted to say, before a history took my name. '.repeat(100))
    const { said, names } = await startOn(text)
    expect(said).toEqual([expect.stringMatching(/no database .*history\.db\.foreign now/)])
    expect(names).toContain('history.db.foreign')
    expect(readFileSync(join(directory, 'history.db.foreign'))).toEqual(text)
  })

  it('that is the database of another program is set aside', async () => {
    const other = join(directory, 'other.db')
    const connection = await connect(other)
    await connection.run(
      'PRAGMA journal_mode = WAL; CREATE TABLE shopping (what TEXT); PRAGMA wal_checkpoint(TRUNCATE)',
    )
    await connection.release()
    const bytes = readFileSync(other)
    const { said, names } = await startOn(bytes)
    expect(said).toEqual([expect.stringContaining('it is not a history of this app')])
    expect(names).toContain('history.db.foreign')
    expect(readFileSync(join(directory, 'history.db.foreign'))).toEqual(bytes)
  })

  it('of a newer version is set aside', async () => {
    const newer = readFileSync(original)
    newer.writeUInt32BE(99, 60)
    const { said, names } = await startOn(newer)
    expect(said).toEqual([expect.stringContaining('it is of version 99, this app knows 1')])
    expect(names).toContain('history.db.newer')
  })
})
