// The history file: rows in an SQLite database that one process has for itself. What waits for the disk (the commit)
// runs beside the event loop; what doesn't is a copy of some kilobytes.
import { access, constants, mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { atOnce, inSlices } from '../../slices'
import type { Connection } from './connection'
import { connect } from './connection'
import { FileFailure, toFileFailure } from './file-failure'
import type { Row, RowHead, RowKind } from './row'
import { ROW_KINDS } from './row'

/** "HRTH": tells a history from other SQLite databases. */
const APPLICATION_ID = 0x48525448
const VERSION = 1

/** What one flush changes, all of it or nothing. */
export type Change = { written: readonly Row[]; deleted: readonly number[] }

/** A row without its bytes, of which there are `size`. */
export type RowOutline = RowHead & { size: number }

export type HistoryFile = {
  /** Whether it was in order when it was opened. If not, some rows may be read, and nothing is to be written. */
  isSound: boolean
  outline(): Promise<RowOutline[]>
  /** Undefined where it can't be read, because the file is damaged there. */
  read(outline: RowOutline): Row | undefined
  /** Resolves once the change would survive a power failure. Rejects with a FileFailure, and nothing is changed. */
  commit(change: Change): Promise<void>
  /** The same before it returns, for a process that ends. Throws a FileFailure. */
  commitNow(change: Change): void
  /** On the disk, with the journal. Rejects with a FileFailure where the file is no longer at its path. */
  byteLength(): Promise<number>
  /** Lets another process have it. */
  close(): Promise<void>
}

/**
 * Opens the history at `path`, or begins one, with at most `limitBytes`. Rejects with a FileFailure: `locked` while
 * another process has it, `foreign`, `newer` or `damaged` where it is of no use.
 */
export async function openHistoryFile(path: string, limitBytes: number): Promise<HistoryFile> {
  try {
    return await open(path, limitBytes)
  } catch (error) {
    throw toFileFailure(error)
  }
}

async function open(path: string, limitBytes: number): Promise<HistoryFile> {
  const folder = dirname(path)
  await mkdir(folder, { recursive: true })
  await requireWritable(folder, path)
  const connection = await connect(path)
  try {
    await lock(connection, limitBytes)
    await requireOurs(connection)
    return await fileOf(path, connection, await isSound(connection))
  } catch (error) {
    await connection.release()
    throw error
  }
}

/** SQLite would open a file that can't be written for reading only, and say so when it is too late. */
async function requireWritable(folder: string, path: string): Promise<void> {
  await access(folder, constants.W_OK)
  await access(path, constants.W_OK).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
}

/** The lock is the system's own and ends with the process, however that ends. It is held until `release`. */
async function lock(connection: Connection, limitBytes: number): Promise<void> {
  await connection.run('PRAGMA locking_mode = EXCLUSIVE')
  await connection.run('PRAGMA journal_mode = TRUNCATE')
  await connection.run('PRAGMA synchronous = FULL')
  await connection.run('PRAGMA fullfsync = ON')
  await connection.run('BEGIN EXCLUSIVE; COMMIT')
  const pageBytes = Number(await connection.value('PRAGMA page_size'))
  await connection.run(`PRAGMA max_page_count = ${Math.ceil(limitBytes / pageBytes)}`)
}

async function requireOurs(connection: Connection): Promise<void> {
  const application = await connection.value('PRAGMA application_id')
  const version = await connection.value('PRAGMA user_version')
  const tables = await connection.value('SELECT count(*) FROM sqlite_schema')
  if (application === 0 && version === 0 && tables === 0) return createTables(connection)
  if (application !== APPLICATION_ID) throw new FileFailure('foreign', 'it is no history of this app')
  if (Number(version) > VERSION)
    throw new FileFailure('newer', `it is of version ${version}, this app knows ${VERSION}`)
  if (version !== VERSION) throw new FileFailure('damaged', 'it is damaged (its version is unknown)')
}

/**
 * Whether SQLite finds its own structures in order. The check reads the whole file, beside the event loop: what is read
 * on the event loop later comes from the system's memory, however slow the disk.
 */
async function isSound(connection: Connection): Promise<boolean> {
  try {
    await connection.run("CREATE TEMP TABLE checked AS SELECT * FROM pragma_quick_check(1, 'main')")
    return (await connection.value('SELECT * FROM checked')) === 'ok'
  } catch {
    return false
  }
}

async function createTables(connection: Connection): Promise<void> {
  await connection.run(`
    BEGIN;
    PRAGMA application_id = ${APPLICATION_ID};
    PRAGMA user_version = ${VERSION};
    CREATE TABLE rows (
      id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, part INTEGER NOT NULL, newest_ms INTEGER NOT NULL,
      numbered INTEGER NOT NULL, bytes BLOB NOT NULL
    );
    COMMIT`)
}

async function fileOf(path: string, connection: Connection, isSound: boolean): Promise<HistoryFile> {
  const begin = await connection.prepare('BEGIN IMMEDIATE')
  const commit = await connection.prepare('COMMIT')
  const rollBack = await connection.prepare('ROLLBACK')
  const insert = await connection.prepare('INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?)')
  const remove = await connection.prepare('DELETE FROM rows WHERE id = ?')
  const select = await connection.prepare('SELECT bytes FROM rows WHERE id = ?')
  const { ino } = await stat(path)

  function* apply({ written, deleted }: Change): Generator<void, void> {
    for (const id of deleted) yield remove.run([id])
    for (const { id, kind, part, newestMs, numbered, bytes } of written) {
      yield insert.run([id, ROW_KINDS.indexOf(kind), part, newestMs, numbered, bytes])
    }
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
    read({ size: _, ...head }) {
      try {
        const bytes = select.get([head.id])
        return bytes instanceof Uint8Array ? { ...head, bytes } : undefined
      } catch {
        return undefined
      }
    },
    async commit(change) {
      try {
        await connection.run('BEGIN IMMEDIATE')
        await inSlices(apply(change), 1)
        await connection.run('COMMIT')
      } catch (error) {
        await connection.rollBack()
        throw toFileFailure(error)
      }
    },
    commitNow(change) {
      try {
        // Another commit may have begun, or be about to end.
        rollBack.run([])
      } catch {
        // It had not, or was over.
      }
      try {
        begin.run([])
        atOnce(apply(change))
        commit.run([])
      } catch (error) {
        throw toFileFailure(error)
      }
    },
    async byteLength() {
      const found = await stat(path).catch(() => undefined)
      if (found?.ino !== ino) throw new FileFailure('unavailable', 'somebody took it away')
      const journal = await stat(`${path}-journal`).catch(() => undefined)
      return found.size + (journal?.size ?? 0)
    },
    close: () => connection.release(),
  }
}

function kindOf(number: unknown): RowKind {
  const kind = ROW_KINDS[Number(number)]
  if (kind === undefined) throw new FileFailure('damaged', `it is damaged (no row is of kind ${number})`)
  return kind
}
