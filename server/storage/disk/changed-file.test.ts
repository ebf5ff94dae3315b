// What somebody else does to the history file while the app runs: it is noticed at the next flush, and what the memory
// holds is written anew. A restart is looked at on a copy of the folder, as a crash right after that flush would leave it.
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Storage } from '../storage'
import { beginHistory } from './begin-history'
import { connect } from './connection'
import type { HistoryOptions } from './history'
import { openHistoryFile } from './history-file'
import { inventedLabels, inventedValue, TICK_MS } from './invented-samples'

const SERIES = 40
const FIRST_TICK = 1_760_000_000
const TICKS_PER_FLUSH = 5
const PAGE_BYTES = 4096
/** More than a round. */
const FLUSHES = 26
const isRoot = process.getuid?.() === 0

let folder: string
let directory: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'changed-'))
  directory = join(folder, 'history')
  path = join(directory, 'history.db')
})
afterEach(() => {
  execFileSync('chmod', ['-R', 'u+rwx', folder])
  rmSync(folder, { recursive: true })
})

/** Samples of the next instants in the memory, and then on the disk. */
async function append(app: ReturnType<typeof beginHistory>, tick: number): Promise<boolean> {
  for (let next = tick; next < tick + TICKS_PER_FLUSH; next++) {
    for (let series = 0; series < SERIES; series++) {
      app.memory.append(inventedLabels(series), next * TICK_MS, inventedValue(series, next))
    }
  }
  return app.history.flush()
}

/** A process that goes on with what one before it has left, and has written some times. */
async function run(times: number, { open = openHistoryFile }: Pick<HistoryOptions, 'open'> = {}) {
  let tick = FIRST_TICK
  const first = beginHistory({ directory, startedAtMs: tick * TICK_MS })
  for (let flushes = 0; flushes < 4; flushes++, tick += TICKS_PER_FLUSH) await append(first, tick)
  await first.history.stop()
  copy(path, join(folder, 'of-the-process-before'))
  tick += 100
  const app = beginHistory({ directory, startedAtMs: tick * TICK_MS, open })
  const flush = (): Promise<boolean> => {
    tick += TICKS_PER_FLUSH
    return append(app, tick - TICKS_PER_FLUSH)
  }
  for (let flushes = 0; flushes < times; flushes++) {
    expect(await flush()).toBe(true)
    if (flushes === 2) copy(path, join(folder, 'of-some-flushes-ago'))
  }
  await writeDatabaseOfAnother(join(folder, 'of-another-program'))
  return { ...app, flush }
}

/** By another process: where one closes a file, the system takes away all locks that the process has on it. */
function copy(from: string, to: string): void {
  execFileSync('cp', ['-a', from, to])
}

async function writeDatabaseOfAnother(at: string): Promise<void> {
  const connection = await connect(at)
  await connection.run('CREATE TABLE shopping (what TEXT)')
  await connection.release()
}

/** Of every series what it has, as text. */
function contents(memory: Storage): Map<string, string[]> {
  const all = memory.select([], Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
  const told = all.map(({ labels, timestampsMs, values, stale }): [string, string[]] => [
    JSON.stringify(labels),
    Array.from(timestampsMs, (ms, i) => `${ms} ${stale?.[i] ? 'stale' : Object.is(values[i], -0) ? '-0' : values[i]}`),
  ])
  return new Map(told)
}

/** Starts an app on a copy of the folder: it finds all that the memory holds, and where the process ended. */
async function expectAllBack(memory: Storage): Promise<void> {
  const restarted = join(folder, 'restarted')
  rmSync(restarted, { recursive: true, force: true })
  copy(directory, restarted)
  const app = beginHistory({ directory: restarted, startedAtMs: Number.MAX_SAFE_INTEGER })
  expect(await app.history.flush()).toBe(true)
  const [held, back] = [contents(memory), contents(app.memory)]
  await app.history.stop()
  expect(app.said).toEqual([])
  expect(held.size).toBe(SERIES)
  const lost = [...held].filter(([labels, samples]) => {
    const found = back.get(labels) ?? []
    return found.slice(0, samples.length).join() !== samples.join() || !found.at(-1)?.endsWith(' stale')
  })
  expect(lost.map(([labels]) => labels)).toEqual([])
  expect(back.size).toBe(SERIES)
}

/** Writes bytes into the file as it is. A `start` below 0 counts from its end. */
function overwrite(bytes: Uint8Array, start: number): void {
  const file = openSync(path, 'r+')
  writeSync(file, bytes, 0, bytes.length, start < 0 ? statSync(path).size + start : start)
  closeSync(file)
}

/** Gives the file these bytes, but leaves it the same file. */
function refill(bytes: Uint8Array): void {
  writeFileSync(path, bytes)
}

const text = (): Buffer => Buffer.from('What I wanted to say, in place of a history. '.repeat(2000))
const half = (): number => Math.floor(statSync(path).size / 2 / PAGE_BYTES) * PAGE_BYTES

/** Whoever does it, and what is said then, beside what is done to the file. */
const HARMS: Record<string, { harm: () => void; said: RegExp }> = {
  'is emptied': { harm: () => truncateSync(path), said: /changed .*: it was emptied\. It was written anew/ },
  'is cut in half': { harm: () => truncateSync(path, half()), said: /changed .*history\.db\.damaged now/ },
  'loses its first page': {
    harm: () => overwrite(Buffer.alloc(PAGE_BYTES), 0),
    said: /changed .*no database .*history\.db\.foreign now/,
  },
  'is made that of another program by a few bytes of its head': {
    harm: () => overwrite(Buffer.alloc(4, 'x'), 68),
    said: /changed .*it is not a history of this app.*history\.db\.foreign now/,
  },
  'loses its last pages': {
    harm: () => overwrite(Buffer.alloc(3 * PAGE_BYTES), -3 * PAGE_BYTES),
    said: /changed .*history\.db\.damaged now/,
  },
  'has another page in its middle': {
    harm: () => overwrite(Buffer.alloc(PAGE_BYTES, 'x'), half()),
    said: /changed .*(history\.db\.damaged now|written anew)/,
  },
  'has other bytes everywhere': { harm: () => refill(text()), said: /changed .*history\.db\.foreign now/ },
  'gets longer': {
    harm: () => overwrite(Buffer.alloc(PAGE_BYTES), statSync(path).size),
    said: /changed .*written anew/,
  },
  'is removed': { harm: () => unlinkSync(path), said: /changed .*: it was removed\. It was written anew/ },
  'is removed with its folder': {
    harm: () => rmSync(directory, { recursive: true }),
    said: /changed .*: it was removed\. It was written anew/,
  },
  'is moved away': { harm: () => renameSync(path, join(folder, 'moved')), said: /changed .*: it was removed/ },
  'is replaced by its own older version': {
    harm: () => renameSync(join(folder, 'of-some-flushes-ago'), path),
    said: /changed .*: another file .*written anew/,
  },
  'gets the bytes of its own older version': {
    harm: () => refill(readFileSync(join(folder, 'of-some-flushes-ago'))),
    said: /changed .*written anew/,
  },
  'is replaced by that of the process before': {
    harm: () => renameSync(join(folder, 'of-the-process-before'), path),
    said: /changed .*: another file .*written anew/,
  },
  'is replaced by a folder': {
    harm: () => {
      unlinkSync(path)
      mkdirSync(path)
      writeFileSync(join(path, 'mine'), 'mine')
    },
    said: /changed .*it is not a file.*history\.db\.foreign now/,
  },
  'is replaced by a link to something else': {
    harm: () => {
      writeFileSync(join(folder, 'mine'), 'mine')
      unlinkSync(path)
      symlinkSync(join(folder, 'mine'), path)
    },
    said: /changed .*no database .*history\.db\.foreign now/,
  },
  'is replaced by a link to a device': {
    harm: () => {
      unlinkSync(path)
      symlinkSync('/dev/null', path)
    },
    said: /changed .*it is not a file.*history\.db\.foreign now/,
  },
  'is replaced by a pipe': {
    harm: () => {
      unlinkSync(path)
      execFileSync('mkfifo', [path])
    },
    said: /changed .*it is not a file.*history\.db\.foreign now/,
  },
  'is replaced by the database of another program': {
    harm: () => renameSync(join(folder, 'of-another-program'), path),
    said: /changed .*it is not a history of this app.*history\.db\.foreign now/,
  },
  'gets the bytes of the database of another program': {
    harm: () => refill(readFileSync(join(folder, 'of-another-program'))),
    said: /changed .*it is not a history of this app.*history\.db\.foreign now/,
  },
  'loses its journal': { harm: () => unlinkSync(`${path}-journal`), said: /changed .*its journal .*written anew/ },
  'gets something into its journal': {
    harm: () => writeFileSync(`${path}-journal`, text()),
    said: /changed .*its journal .*written anew/,
  },
}

const harms = Object.entries(HARMS)

describe('a history file that, while nothing is written,', () => {
  it.each(harms)('%s, is written anew at the next flush, and it is said once', async (_, { harm, said }) => {
    const app = await run(FLUSHES)
    harm()
    expect(await app.flush()).toBe(true)
    await expectAllBack(app.memory)
    expect(app.said).toEqual([expect.stringMatching(said)])
    expect(app.history.status()).toMatchObject({ state: 'disk', problem: undefined })
    for (let flushes = 0; flushes < 3; flushes++) expect(await app.flush()).toBe(true)
    await expectAllBack(app.memory)
    expect(app.said).toHaveLength(1)
    await app.history.stop()
  })
})

describe('a history file that, while it is written,', () => {
  const MOMENTS = ['at once', 'after 1 ms', 'after 4 ms', 'at the end']

  it.each(harms)('%s, is written anew at the next flush', async (_, { harm }) => {
    for (const [step, moment] of MOMENTS.entries()) {
      let isDue = false
      const open: typeof openHistoryFile = async (...question) => {
        const file = await openHistoryFile(...question)
        const commit: typeof file.commit = async (...change) => {
          const committing = file.commit(...change)
          if (isDue) {
            isDue = false
            if (moment === 'at the end') await committing
            else if (step > 0) await sleep(step ** 2)
            harm()
          }
          await committing
        }
        return { ...file, commit }
      }
      const app = await run(4, { open })
      isDue = true
      await app.flush()
      expect(await app.flush()).toBe(true)
      await expectAllBack(app.memory)
      expect(app.said.length).toBeLessThanOrEqual(1)
      await app.history.stop()
      rmSync(folder, { recursive: true })
      mkdirSync(folder)
    }
  })
})

describe('a history file that somebody else', () => {
  it('does nothing bad to (reads it, copies it, sets its times, links it) stays as it is', async () => {
    const app = await run(FLUSHES)
    const { ino } = statSync(path)
    copyFileSync(path, join(folder, 'copy'))
    utimesSync(path, 1, 1)
    execFileSync('ln', [path, join(folder, 'link')])
    expect(await app.flush()).toBe(true)
    chmodSync(path, 0o600)
    expect(await app.flush()).toBe(true)
    await expectAllBack(app.memory)
    expect(app.said).toEqual([])
    expect(statSync(path).ino).toBe(ino)
    await app.history.stop()
  })

  it.each([
    ['forbids to use', () => chmodSync(path, 0), () => chmodSync(path, 0o600)],
    ['forbids to use with its folder', () => chmodSync(directory, 0), () => chmodSync(directory, 0o700)],
  ])('%s is gone on with when it may be', async (_, forbid, allow) => {
    const app = await run(FLUSHES)
    forbid()
    expect(await app.flush()).toBe(isRoot)
    expect(await app.flush()).toBe(isRoot)
    if (!isRoot)
      expect(app.history.status().problem).toEqual({ kind: 'readOnly', message: 'it is not writable (EACCES)' })
    allow()
    expect(await app.flush()).toBe(true)
    await expectAllBack(app.memory)
    expect(app.said).toHaveLength(isRoot ? 0 : 2)
    await app.history.stop()
  })

  it.each([
    ['gets the bytes of its own older version', 3],
    ['has other bytes everywhere', 3],
    ['is removed', 3],
    ['is replaced by a folder', 3],
  ])(
    'changes before each flush (it %s) is left alone after some times, and gone on with later',
    async (name, times) => {
      const app = await run(FLUSHES)
      const older = readFileSync(join(folder, 'of-some-flushes-ago'))
      const { harm } = HARMS[name] ?? { harm: () => {} }
      const harmAgain = (): void => {
        writeFileSync(join(folder, 'of-some-flushes-ago'), older)
        rmSync(join(folder, 'mine'), { force: true })
        harm()
      }
      for (let flushes = 0; flushes < times; flushes++) {
        harmAgain()
        expect(await app.flush()).toBe(true)
      }
      harmAgain()
      const names = readdirSync(directory)
      const outcomes = []
      for (let flushes = 0; flushes < 60; flushes++) outcomes.push(await app.flush())
      expect(new Set(outcomes)).toEqual(new Set([false]))
      expect(readdirSync(directory)).toEqual(names)
      expect(app.said).toHaveLength(times + 1)
      expect(app.said.at(-1)).toMatch(/can't be written to .*: somebody else keeps changing it\./)
      expect(app.history.status()).toMatchObject({ state: 'memory', problem: { kind: 'contested' } })

      for (let flushes = 0; flushes < 100; flushes++) await app.flush()
      expect(app.history.status()).toMatchObject({ state: 'disk', problem: undefined })
      await expectAllBack(app.memory)
      await app.history.stop()
    },
  )

  it('changed is not written to by a process that ends', async () => {
    const app = await run(FLUSHES)
    refill(text())
    app.history.flushNow()
    expect(readFileSync(path)).toEqual(text())
    expect(app.history.status()).toMatchObject({ state: 'memory', problem: { kind: 'changed' } })
    await app.history.stop()
  })
})

it('files that are not ours are not set aside without end', async () => {
  mkdirSync(directory)
  const names = ['history.db.foreign', ...Array.from({ length: 9 }, (_, i) => `history.db.foreign-${i + 2}`)]
  for (const name of [...names, 'history.db']) writeFileSync(join(directory, name), name)
  const app = beginHistory({ directory, startedAtMs: FIRST_TICK * TICK_MS })
  expect(await app.history.flush()).toBe(false)
  expect(app.history.status().problem).toEqual({
    kind: 'foreign',
    message: 'it is not a history of this app, and 10 like it are beside it already',
  })
  for (const name of [...names, 'history.db']) expect(readFileSync(join(directory, name), 'utf8')).toBe(name)
  await app.history.stop()
})
