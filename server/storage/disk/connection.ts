// A connection to an SQLite database through libsql, with as much of it as the history file needs. libsql is loaded
// when it is wanted, so that a platform without its binary is a failure of the history and not of the app.
import type Database from 'libsql/promise'
import { hidePaths } from '../../hide-paths'
import { FileFailure } from './file-failure'

/** Runs on the event loop: nothing that waits for the disk. */
export type Statement = {
  run(values: readonly unknown[]): void
  /** The first column of the first row. */
  get(values: readonly unknown[]): unknown
}

export type Connection = {
  /** Runs statements beside the event loop; what they answer is dropped. */
  run(sql: string): Promise<void>
  prepare(sql: string): Promise<Statement>
  rows(sql: string): Promise<unknown[][]>
  /** The first column of the first row. */
  value(sql: string): Promise<unknown>
  /** Nothing happens where no transaction is open: SQLite ends one by itself when the disk is full. */
  rollBack(): Promise<void>
  /** Gives up the lock and closes it. Never rejects. */
  release(): Promise<void>
}

/** Rejects with a FileFailure where there is no libsql for this platform, else with what libsql throws. */
export async function connect(path: string): Promise<Connection> {
  const database = openDatabase(await load(), path)
  const rows = async (sql: string): Promise<unknown[][]> => (await database.prepare(sql)).raw().all([])
  return {
    run: (sql) => database.exec(sql),
    async prepare(sql) {
      const statement = await database.prepare(sql)
      return {
        run: (values) => void statement.run(values),
        get: (values) => statement.raw().get(values)?.[0],
      }
    },
    rows,
    value: async (sql) => (await rows(sql))[0]?.[0],
    rollBack: () => database.exec('ROLLBACK').catch(() => {}),
    async release() {
      // libsql keeps the file open until the statements are collected, and SQLite its lock as long: so it is told.
      await database.exec('PRAGMA locking_mode = NORMAL; SELECT 1 FROM sqlite_schema').catch(() => {})
      try {
        database.close()
      } catch {
        // It is of no use any more, closed or not.
      }
    },
  }
}

/** libsql's own error has the file's path and a number only. */
function openDatabase(Libsql: typeof Database, path: string): Database {
  try {
    return new Libsql(path, { timeout: 0 })
  } catch {
    throw new FileFailure('unavailable', 'it could not be opened')
  }
}

async function load(): Promise<typeof Database> {
  try {
    return (await import('libsql/promise')).default
  } catch (error) {
    if (isAbsent(error)) throw new FileFailure('unavailable', 'libsql, an optional dependency, is not installed')
    const reason = error instanceof Error ? hidePaths(error.message.split('\n', 1)[0] ?? '', error) : error
    throw new FileFailure('unavailable', `libsql could not be loaded (${reason})`)
  }
}

/** Whether libsql itself isn't there, as Node and bundlers say it; not the binary that it wants for the platform. */
function isAbsent(error: unknown): boolean {
  return error instanceof Error && /^Cannot find (?:package|module) '(?:libsql|libsql\/promise)'/.test(error.message)
}
