// Opens the database of a history: for this process alone, and only if it is one.
import { access, constants, mkdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Connection } from './connection'
import { connect } from './connection'
import { FileFailure } from './file-failure'

/** "HRTH": tells a history from other SQLite databases. */
const APPLICATION_ID = 0x48525448
const VERSION = 1

/**
 * The database at `path`, made if there is none, with at most `limitBytes`. `isSound` says whether SQLite finds its own
 * structures in order. Rejects with a FileFailure, or with an error that has a code of SQLite's or of the system.
 */
export async function openDatabase(
  path: string,
  limitBytes: number,
): Promise<{ connection: Connection; isSound: boolean }> {
  const folder = dirname(path)
  await makeFolder(folder)
  await requireWritable(folder, path)
  await requireFile(path)
  const connection = await connect(path)
  try {
    await lock(connection)
    const isNew = await requireOurs(connection)
    await configure(connection, limitBytes)
    if (isNew) await createTables(connection)
    return { connection, isSound: await isSound(connection) }
  } catch (error) {
    await connection.release()
    throw error
  }
}

/** Each missing folder once: Node's own recursive `mkdir` never ends below one that can't have others, such as /proc. */
async function makeFolder(folder: string): Promise<void> {
  const missing: string[] = []
  for (let at = resolve(folder); !(await isThere(at)); at = dirname(at)) missing.unshift(at)
  for (const one of missing) {
    await mkdir(one).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') throw new FileFailure('readOnly', 'no folder can be made there')
      // Another process may have been faster.
      if (error.code !== 'EEXIST') throw error
    })
  }
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/** SQLite would open a file that can't be written for reading only, and say so when it is too late. */
async function requireWritable(folder: string, path: string): Promise<void> {
  await access(folder, constants.W_OK)
  await access(path, constants.W_OK).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
}

/** A folder can't be opened, and whoever reads from a pipe waits for ever. */
async function requireFile(path: string): Promise<void> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
  if (found?.isFile() === false) throw new FileFailure('foreign', 'it is not a file')
}

/** The lock is the system's own and ends with the process, however that ends. It is held until `release`. */
async function lock(connection: Connection): Promise<void> {
  await connection.run('PRAGMA locking_mode = EXCLUSIVE')
  await connection.run('BEGIN EXCLUSIVE; COMMIT')
}

/** Whether there is nothing yet. Nothing of a file that isn't ours is changed. */
async function requireOurs(connection: Connection): Promise<boolean> {
  const application = await connection.value('PRAGMA application_id')
  const version = await connection.value('PRAGMA user_version')
  const tables = await connection.value('SELECT count(*) FROM sqlite_schema')
  if (application === 0 && version === 0 && tables === 0) return true
  if (application !== APPLICATION_ID) throw new FileFailure('foreign', 'it is not a history of this app')
  if (Number(version) > VERSION)
    throw new FileFailure('newer', `it is of version ${version}, this app knows ${VERSION}`)
  if (version !== VERSION) throw new FileFailure('damaged', 'it is damaged (its version is unknown)')
  return false
}

/** A commit is over when the disk has it. */
async function configure(connection: Connection, limitBytes: number): Promise<void> {
  await connection.run('PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON')
  const pageBytes = Number(await connection.value('PRAGMA page_size'))
  await connection.run(`PRAGMA max_page_count = ${Math.ceil(limitBytes / pageBytes)}`)
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
