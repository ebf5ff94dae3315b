// The history file: rows in an SQLite database that one process has for itself. What waits for the disk (the commit)
// runs beside the event loop; what doesn't is a copy of some kilobytes.
import { stat } from 'node:fs/promises'
import { atOnce, inSlices } from '../../slices'
import type { Connection } from './connection'
import { FileFailure, toFileFailure } from './file-failure'
import { openDatabase } from './open-database'
import type { Row, RowHead, RowKind } from './row'
import { ROW_KINDS } from './row'

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
    const { connection, isSound } = await openDatabase(path, limitBytes)
    return await fileOf(path, connection, isSound).catch(async (error: unknown) => {
      await connection.release()
      throw error
    })
  } catch (error) {
    throw toFileFailure(error)
  }
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
