// The history file: rows in an SQLite database that one process has for itself. What waits for the disk (the commit)
// runs beside the event loop; what doesn't is a copy of some kilobytes.
import { atOnce, inSlices } from '../../slices'
import type { Connection } from './connection'
import { FileFailure, toFileFailure } from './file-failure'
import type { FileStamp } from './file-stamp'
import { changed, requireSame, stampNow, stampOf } from './file-stamp'
import { openDatabase } from './open-database'
import type { Row, RowHead, RowKind } from './row'
import { ROW_KINDS, unsealed } from './row'

/** What one flush changes, all of it or nothing. */
export type Change = { written: readonly Row[]; deleted: readonly number[] }

/** A row without its bytes, of which there are `size`. */
export type RowOutline = RowHead & { size: number }

/** The rows to look at before anything is written, told whether something was done to the file since the last time. */
export type ToCheck = (isTouched: boolean) => RowOutline[]

export type HistoryFile = {
  /** Whether it was in order when it was opened. If not, some rows may be read, and nothing is to be written. */
  isSound: boolean
  outline(): Promise<RowOutline[]>
  /** Undefined where it can't be read, because the file is damaged there. */
  read(outline: RowOutline): Row | undefined
  /**
   * Resolves once the change would survive a power failure. Rejects with a FileFailure, and nothing is changed: `changed`
   * where the file isn't as it was written last. That is looked at on the disk, not in SQLite's memory of it: whether it
   * is the same file, of the same size, with its head, and with these rows.
   */
  commit(change: Change, toCheck: ToCheck): Promise<void>
  /** The same before it returns, for a process that ends. Throws a FileFailure. */
  commitNow(change: Change, toCheck: ToCheck): void
  /** On the disk, with the journal, as of the last commit. */
  byteLength(): number
  /** Lets another process have it. */
  close(): Promise<void>
}

/**
 * Opens the history at `path`, or begins one, with at most `limitBytes`. Rejects with a FileFailure: `locked` while
 * another process has it, `foreign`, `newer` or `damaged` where it is of no use.
 */
export async function openHistoryFile(path: string, limitBytes: number): Promise<HistoryFile> {
  try {
    const { connection, isSound } = await openDatabase(path, limitBytes)
    return await fileOf(path, connection, isSound).catch(async (error: unknown) => {
      await connection.release()
      throw error
    })
  } catch (error) {
    throw toFileFailure(error)
  }
}

/** What makes the database ours, and its one table. */
const HEAD = `SELECT application_id || ' ' || user_version || ' ' || (SELECT group_concat(sql) FROM sqlite_schema)
  FROM pragma_application_id, pragma_user_version`

async function fileOf(path: string, connection: Connection, isSound: boolean): Promise<HistoryFile> {
  const begin = await connection.prepare('BEGIN IMMEDIATE')
  const commit = await connection.prepare('COMMIT')
  const rollBack = await connection.prepare('ROLLBACK')
  const insert = await connection.prepare('INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?)')
  const remove = await connection.prepare('DELETE FROM rows WHERE id = ?')
  const select = await connection.prepare('SELECT bytes FROM rows WHERE id = ?')
  const forget = await connection.prepare('PRAGMA shrink_memory')
  const head = await connection.prepare(HEAD)
  const pageCount = await connection.prepare('PRAGMA page_count')
  const pageBytes = Number(await connection.value('PRAGMA page_size'))
  const headWritten = head.get([])
  let stamp = await stampOf(path)
  let isCommitting = false

  function* apply({ written, deleted }: Change): Generator<void, void> {
    for (const id of deleted) yield remove.run([id])
    for (const { id, kind, part, newestMs, numbered, bytes } of written) {
      yield insert.run([id, ROW_KINDS.indexOf(kind), part, newestMs, numbered, bytes])
    }
  }

  function read({ size: _, ...head }: RowOutline): Row | undefined {
    try {
      const bytes = select.get([head.id])
      return bytes instanceof Uint8Array ? { ...head, bytes } : undefined
    } catch {
      return undefined
    }
  }

  /** Throws a FileFailure where the disk has something else than was written. */
  function* verify(rows: readonly RowOutline[]): Generator<void, void> {
    forget.run([])
    if (readHead() !== headWritten) throw changed('it has other bytes than were written')
    for (const outline of rows) {
      const row = read(outline)
      if (row === undefined || unsealed(row) === undefined) throw changed('it has other bytes than were written')
      yield
    }
  }

  function readHead(): unknown {
    try {
      return head.get([])
    } catch {
      return undefined
    }
  }

  /** The file after a commit. Throws a FileFailure where it ends before all that was written. */
  function requireWhole(now: FileStamp): FileStamp {
    const bytes = Math.max(now.bytes, Number(pageCount.get([])) * pageBytes)
    requireSame({ ...now, bytes }, now)
    return now
  }

  return {
    isSound,
    async outline() {
      const rows = await connection.rows('SELECT id, kind, part, newest_ms, numbered, length(bytes) FROM rows')
      return rows.map(([id, kind, part, newestMs, numbered, size]) => ({
        id: Number(id),
        kind: kindOf(kind),
        part: Number(part),
        newestMs: Number(newestMs),
        numbered: Number(numbered),
        size: Number(size),
      }))
    },
    read,
    async commit(change, toCheck) {
      try {
        const now = await stampOf(path)
        requireSame(stamp, now)
        const rows = toCheck(now.times !== stamp.times)
        // Beside the event loop: what is read on it then comes from the system's memory, however slow the disk.
        await connection.run(readingAll(rows)).catch(() => {})
        await inSlices(verify(rows), 1)
        isCommitting = true
        await connection.run('BEGIN IMMEDIATE')
        await inSlices(apply(change), 1)
        await connection.run('COMMIT')
        stamp = requireWhole(await stampOf(path))
      } catch (error) {
        await connection.rollBack()
        if (isCommitting) stamp = await stampOf(path).catch(() => stamp)
        throw toFileFailure(error)
      } finally {
        isCommitting = false
      }
    },
    commitNow(change, toCheck) {
      try {
        // Another commit may have begun, or be about to end.
        rollBack.run([])
      } catch {
        // It had not, or was over.
      }
      try {
        const now = stampNow(path)
        // While another commit is under way, only that much can be told.
        requireSame(isCommitting ? { ...now, file: stamp.file } : stamp, now)
        if (!isCommitting) atOnce(verify(toCheck(now.times !== stamp.times)))
        begin.run([])
        atOnce(apply(change))
        commit.run([])
        stamp = requireWhole(stampNow(path))
      } catch (error) {
        throw toFileFailure(error)
      }
    },
    byteLength: () => stamp.bytes + stamp.journalBytes,
    close: () => connection.release(),
  }
}

/** A statement for which SQLite has to read these rows with all their bytes. */
function readingAll(rows: readonly RowOutline[]): string {
  return `SELECT count(*) FROM rows WHERE bytes = x'' AND id IN (${rows.map(({ id }) => id).join()})`
}

function kindOf(number: unknown): RowKind {
  const kind = ROW_KINDS[Number(number)]
  if (kind === undefined) throw new FileFailure('damaged', `it is damaged (no row is of kind ${number})`)
  return kind
}
