// The file system's data about the history file: it shows whether another program has changed it since it was written.
import type { BigIntStats } from 'node:fs'
import { accessSync, constants, lstatSync, statSync } from 'node:fs'
import { access, lstat, stat } from 'node:fs/promises'
import { FileFailure } from './file-failure'

export type FileStamp = {
  /** Which file it is, also where its path is a link. */
  file: string
  /** Which one its journal is, and how much is in it. */
  journal: string
  bytes: number
  journalBytes: number
  /** Others whenever anything was done to the file but reading. */
  times: string
}

const BIG = { bigint: true } as const
/** A process that has a file open may go on when the next one may not: then this one shouldn't either. */
const READ_AND_WRITE = constants.R_OK | constants.W_OK

/** Rejects with a FileFailure `changed` where there is no file, else, or where it may not be used, with the system's error. */
export async function stampOf(path: string): Promise<FileStamp> {
  try {
    await access(path, READ_AND_WRITE)
    const [link, file] = await Promise.all([lstat(path, BIG), stat(path, BIG)])
    return toStamp(link, file, await stat(`${path}-journal`, BIG).catch(() => undefined))
  } catch (error) {
    throw toRemoved(error)
  }
}

/** The same before it returns. Throws likewise. */
export function stampNow(path: string): FileStamp {
  try {
    accessSync(path, READ_AND_WRITE)
    const journal = statSync(`${path}-journal`, { ...BIG, throwIfNoEntry: false })
    return toStamp(lstatSync(path, BIG), statSync(path, BIG), journal)
  } catch (error) {
    throw toRemoved(error)
  }
}

/** Throws a FileFailure `changed` where the file is another one than it was, or of another size. */
export function requireSame(before: FileStamp, now: FileStamp): void {
  if (now.file !== before.file) throw changed('another file was put in its place')
  if (now.bytes !== before.bytes) {
    throw changed(now.bytes === 0 ? 'it was emptied' : `it has ${now.bytes} bytes and not ${before.bytes}`)
  }
  if (now.journal !== before.journal) throw changed('its journal was taken away or written to')
}

export function changed(what: string): FileFailure {
  return new FileFailure('changed', what)
}

function toStamp(link: BigIntStats, file: BigIntStats, journal: BigIntStats | undefined): FileStamp {
  return {
    file: `${link.dev}:${link.ino} ${file.dev}:${file.ino}`,
    journal: journal === undefined ? '' : `${journal.dev}:${journal.ino} ${journal.size}`,
    bytes: Number(file.size),
    journalBytes: Number(journal?.size ?? 0),
    times: `${file.mtimeNs} ${file.ctimeNs}`,
  }
}

function toRemoved(error: unknown): unknown {
  const isMissing = error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
  return isMissing ? changed('it was removed') : error
}
