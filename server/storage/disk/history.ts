// The history of a process: its memory on the disk, as far as the disk plays along. The memory is the truth and the
// disk follows it: whatever goes wrong here costs at most the history of earlier processes, and never the app.
import { join } from 'node:path'
import { atOnce, inSlices } from '../../slices'
import type { Storage } from '../storage'
import type { FailureKind } from './file-failure'
import { FileFailure, isBeyondUse, toFileFailure } from './file-failure'
import type { HistoryFile, RowOutline } from './history-file'
import { openHistoryFile } from './history-file'
import { Load } from './load'
import { setAside } from './set-aside'
import { PARTS, WriteBehind } from './write-behind'

const FILE_NAME = 'history.db'

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
  memory: Pick<Storage, 'adopt' | 'find' | 'horizonMs' | 'watch'>
  flushIntervalMs: number
  limitBytes: number
  /** How long after its last sample a series ends whose process ended: the interval of the scrapes. */
  endsAfterMs: number
  /** When this process began. */
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

type Opened = { file: HistoryFile; writer: WriteBehind }

export function createHistory(options: HistoryOptions): History {
  const { directory, flushIntervalMs, limitBytes, log = console.error, open = openHistoryFile } = options
  const path = join(directory, FILE_NAME)
  let opened: Opened | undefined
  let underWay: Promise<unknown> | undefined
  let timer: NodeJS.Timeout | undefined
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

  async function attempt(): Promise<'done' | 'failed' | 'begun anew'> {
    try {
      opened ??= await openAndLoad()
      await write(opened)
    } catch (error) {
      return fail(toFileFailure(error))
    }
    if (status.problem !== undefined) log(`The history is written to ${path} again.`)
    status = { ...status, state: 'disk', problem: undefined }
    return 'done'
  }

  async function write({ file, writer }: Opened): Promise<void> {
    // Nothing would be said of a file that was deleted.
    await file.byteLength()
    const { change, confirm } = await inSlices(writer.prepare())
    await file.commit(change)
    confirm()
    const bytes = await file.byteLength()
    status = { ...status, flushes: status.flushes + 1, lastFlushMs: Date.now(), bytes }
  }

  async function openAndLoad(): Promise<Opened> {
    const file = await open(path, limitBytes)
    try {
      const rows = await file.outline()
      const writer = new WriteBehind(options, rows)
      status = { ...status, state: 'loading', bytes: await file.byteLength() }
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
    const { damagedRows, tooNew, samples } = loading.loaded
    if (samples > 0) status = { ...status, loadedMs: Date.now() }
    if (!file.isSound || damagedRows > 0) {
      throw new FileFailure('damaged', `it is damaged, and ${samples} samples of it were kept`)
    }
    await inSlices(writer.finishLoading())
    if (rows.length === 0 || tooNew > 0) writer.rewrite()
  }

  async function fail(failure: FileFailure): Promise<'failed' | 'begun anew'> {
    status = { ...status, failures: status.failures + 1 }
    if (failure.kind !== 'full') await close()
    if (!isBeyondUse(failure)) return report(failure)
    try {
      const name = await setAside(path, failure.kind)
      log(`The history in ${path} can't be used: ${failure.message}. It is ${name} now, and a new one begins.`)
    } catch (error) {
      return report(toFileFailure(error))
    }
    return 'begun anew'
  }

  function report({ kind, message }: FileFailure): 'failed' {
    const isNews = status.problem?.message !== message
    status = { ...status, state: 'memory', problem: { kind, message } }
    if (isNews) log(`The history can't be written to ${path}: ${message}. It is in memory only until it can.`)
    return 'failed'
  }

  async function close(): Promise<void> {
    const closing = opened
    opened = undefined
    await closing?.file.close()
  }

  /** One after the other. After a file that was of no use, a new one is begun at once. */
  function flush(): Promise<boolean> {
    const before = underWay ?? Promise.resolve()
    const next = before.then(attempt).then((outcome) => (outcome === 'begun anew' ? attempt() : outcome))
    underWay = next
    return next.then((outcome) => {
      if (underWay === next) underWay = undefined
      return outcome === 'done'
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
        const { change, confirm } = atOnce(opened.writer.prepare())
        opened.file.commitNow(change)
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
