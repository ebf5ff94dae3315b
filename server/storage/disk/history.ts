// The history of a process on disk. The memory is the source and the disk follows it: an error here loses at most the history
// of earlier processes, and never stops the app.
import { join } from 'node:path'
import { logError } from '../../log'
import { atOnce, inSlices } from '../../slices'
import { variableName } from '../../variable-name'
import type { Storage } from '../storage'
import { Contest } from './contest'
import type { FailureKind } from './file-failure'
import { FileFailure, isBeyondUse, toFileFailure } from './file-failure'
import type { HistoryFile, RowOutline } from './history-file'
import { openHistoryFile } from './history-file'
import { Load } from './load'
import { setAside } from './set-aside'
import { PARTS, WriteBehind } from './write-behind'

const FILE_NAME = 'history.db'
/** A file that was changed is opened to see what it is now, is set aside if it's of no use, and then a new one is begun. */
const ATTEMPTS = 3

export type HistoryStatus = {
  /** Its name; where it lies is told in the log only. */
  file: string
  /** Where the newest samples are, apart from those of the flush to come. */
  state: 'opening' | 'loading' | 'disk' | 'memory'
  /** Why they are in memory only. */
  problem: { kind: FailureKind; message: string } | undefined
  /** When samples of earlier processes came into the memory. */
  loadedMs: number | undefined
  flushes: number
  failures: number
  lastFlushMs: number | undefined
  /** Of the file and its journal; 0 before it was opened. */
  bytes: number
  limitBytes: number
}

export type HistoryOptions = {
  directory: string
  memory: Pick<Storage, 'adopt' | 'roomFor' | 'find' | 'horizonMs' | 'watch'>
  flushIntervalMs: number
  limitBytes: number
  /** How long after its last sample a series ends whose process ended: the interval of the scrapes. */
  endsAfterMs: number
  /** When this process began to store samples, as of the time when the file is opened. */
  startedAtMs: number
  /** Where a test puts in a disk with faults. */
  open?: typeof openHistoryFile
  log?: (message: string) => void
}

export type History = {
  /** Opens and loads in the background, and flushes at every interval from then on. */
  start(): void
  /** Flushes now, opening the file first where that has to be. Resolves to whether all is on the disk then. */
  flush(): Promise<boolean>
  /** Flushes before it returns, for a process that is about to end. Does nothing where no file is open. */
  flushNow(): void
  /** Flushes, and lets another process have the file. */
  stop(): Promise<void>
  status(): HistoryStatus
}

/** A file that was changed, or set aside because it is of no use, is no failure yet: it is tried again at once. */
type Outcome = 'done' | 'failed' | 'changed' | 'set aside'

type Opened = { file: HistoryFile; writer: WriteBehind }

export function createHistory(options: HistoryOptions): History {
  const { directory, flushIntervalMs, limitBytes, log = logError, open = openHistoryFile } = options
  const path = join(directory, FILE_NAME)
  let opened: Opened | undefined
  let underWay: Promise<unknown> | undefined
  let timer: NodeJS.Timeout | undefined
  const contest = new Contest()
  /** What somebody else did to the file, until it is written anew. */
  let change: string | undefined
  let status: HistoryStatus = {
    file: FILE_NAME,
    state: 'opening',
    problem: undefined,
    loadedMs: undefined,
    flushes: 0,
    failures: 0,
    lastFlushMs: undefined,
    bytes: 0,
    limitBytes,
  }

  async function attempt(): Promise<Outcome> {
    try {
      opened ??= await openAndLoad()
      if (change !== undefined) opened.writer.rewrite()
      await write(opened)
    } catch (error) {
      return fail(toFileFailure(error))
    }
    const wasChanged = change
    change = undefined
    // Whoever changes it all the time may do so again.
    if (contest.isLost) return 'done'
    if (status.problem?.kind === 'locked') log(`the history is written to ${path} now.`)
    else if (status.problem !== undefined) log(`the history is written to ${path} again.`)
    else if (wasChanged !== undefined) {
      log(`somebody else changed the history in ${path}: ${wasChanged}. It was written anew with what is in memory.`)
    }
    status = { ...status, state: 'disk', problem: undefined }
    return 'done'
  }

  async function write({ file, writer }: Opened): Promise<void> {
    const { change, confirm } = await inSlices(writer.prepare())
    await file.commit(change, (isTouched) => writer.toCheck(isTouched))
    confirm()
    status = { ...status, flushes: status.flushes + 1, lastFlushMs: Date.now(), bytes: file.byteLength() }
  }

  async function openAndLoad(): Promise<Opened> {
    const file = await open(path, limitBytes)
    try {
      const rows = await file.outline()
      const writer = new WriteBehind(options, rows)
      status = { ...status, state: 'loading', bytes: file.byteLength() }
      await load({ file, writer }, rows)
      return { file, writer }
    } catch (error) {
      opened = undefined
      await file.close()
      throw error
    }
  }

  async function load({ file, writer }: Opened, rows: readonly RowOutline[]): Promise<void> {
    const loading = new Load({ ...options, file, rows, writer })
    await loading.begin()
    let flushedMs = performance.now()
    for (let part = 0; part < PARTS; part++) {
      // A process that ends now has something to write to.
      if (file.isSound && loading.loaded.damagedRows === 0) opened = { file, writer }
      await loading.loadPart(part)
      if (opened === undefined || performance.now() - flushedMs < flushIntervalMs) continue
      await write(opened)
      flushedMs = performance.now()
    }
    const { damagedRows, refusedSeries, samples, tooNew } = loading.loaded
    if (refusedSeries.size > 0)
      log(`${variableName('SERIES_MEMORY')} has no room for ${refusedSeries.size} series of the history in ${path}.`)
    if (samples > 0) status = { ...status, loadedMs: Date.now() }
    if (!file.isSound || damagedRows > 0) {
      const kept = change === undefined ? `, and ${samples} samples of it were kept` : ''
      throw new FileFailure('damaged', `it is damaged${kept}`)
    }
    await inSlices(writer.finishLoading())
    if (rows.length === 0 || tooNew > 0) writer.rewrite()
  }

  async function fail(failure: FileFailure): Promise<Outcome> {
    // Another process of the app writes it, as it should be.
    if (failure.kind !== 'locked') status = { ...status, failures: status.failures + 1 }
    const wasOpen = opened !== undefined
    if (failure.kind !== 'full') await close()
    if (failure.kind === 'changed' || (wasOpen && isBeyondUse(failure))) {
      // What is there now may be anything: that is found out where it is opened.
      change = failure.message
      return 'changed'
    }
    if (!isBeyondUse(failure)) return report(failure)
    try {
      const name = await setAside(path, failure.kind)
      const what =
        change === undefined ? `the history in ${path} can't be used` : `somebody else changed the history in ${path}`
      log(`${what}: ${failure.message}. It is ${name} now, and a new one begins with what is in memory.`)
      change = undefined
    } catch (error) {
      return report(toFileFailure(error))
    }
    return 'set aside'
  }

  function report({ kind, message }: FileFailure): 'failed' {
    const isNews = status.problem?.message !== message
    status = { ...status, state: 'memory', problem: { kind, message } }
    if (isNews && kind === 'locked') log(`${message}: ${path}. This one does when that has ended.`)
    else if (isNews) log(`the history can't be written to ${path}: ${message}. It is in memory only until it can.`)
    return 'failed'
  }

  async function close(): Promise<void> {
    const closing = opened
    opened = undefined
    await closing?.file.close()
  }

  /** After a file that was of no use, a new one is begun at once, but not again and again. */
  async function flushOnce(): Promise<boolean> {
    if (contest.begins()) {
      status = { ...status, failures: status.failures + 1 }
      return false
    }
    let outcome: Outcome = 'failed'
    let wasChanged = false
    for (let attempts = 0; attempts < ATTEMPTS; attempts++) {
      outcome = await attempt()
      if (outcome === 'changed' && !wasChanged) {
        wasChanged = true
        contest.changes()
        if (contest.isLost) break
      }
      if (outcome === 'done' || outcome === 'failed') break
    }
    if (outcome === 'changed') report(new FileFailure('contested', 'somebody else keeps changing it'))
    if (!wasChanged) contest.quiet()
    return outcome === 'done'
  }

  /** One after the other. */
  function flush(): Promise<boolean> {
    const next = (underWay ?? Promise.resolve()).then(flushOnce)
    underWay = next
    return next.finally(() => {
      if (underWay === next) underWay = undefined
    })
  }

  return {
    start() {
      options.memory.watch({ setBack: () => opened?.writer.rewrite() })
      timer = setInterval(() => underWay === undefined && void flush(), flushIntervalMs)
      timer.unref()
      void flush()
    },
    flush,
    flushNow() {
      if (opened === undefined) return
      try {
        const { file, writer } = opened
        const { change, confirm } = atOnce(writer.prepare())
        file.commitNow(change, (isTouched) => writer.toCheck(isTouched))
        confirm()
      } catch (error) {
        report(toFileFailure(error))
      }
    },
    async stop() {
      clearInterval(timer)
      await flush()
      await close()
    },
    status: () => status,
  }
}
