// What can be wrong with the history file, in words for the log and for the page.
import { hidePaths } from '../../hide-paths'

/** Why the history is not on disk. */
export type FailureKind =
  | 'locked'
  | 'full'
  | 'readOnly'
  | 'unavailable'
  | 'damaged'
  | 'foreign'
  | 'newer'
  /** Somebody else did something to it while it was open. */
  | 'changed'
  /** Somebody does so again and again. */
  | 'contested'

export class FileFailure extends Error {
  readonly kind: FailureKind

  constructor(kind: FailureKind, message: string) {
    super(message)
    this.kind = kind
  }
}

/** The file is of no use any more: it has to make room for a new one. */
export function isBeyondUse({ kind }: FileFailure): boolean {
  return kind === 'damaged' || kind === 'foreign' || kind === 'newer'
}

/** SQLite's result codes, and the system's own. */
const KINDS: readonly { pattern: RegExp; kind: FailureKind; words: string }[] = [
  { pattern: /^SQLITE_(?:BUSY|LOCKED)/, kind: 'locked', words: 'another process writes the history' },
  { pattern: /^(?:SQLITE_FULL|ENOSPC|EDQUOT)/, kind: 'full', words: 'the disk is full' },
  { pattern: /^(?:SQLITE_READONLY|EROFS|EACCES|EPERM)/, kind: 'readOnly', words: 'it is not writable' },
  { pattern: /^SQLITE_NOTADB/, kind: 'foreign', words: 'it is no database' },
  {
    pattern: /^SQLITE_(?:CORRUPT|FORMAT|SCHEMA|ERROR|CONSTRAINT|IOERR_SHORT_READ)/,
    kind: 'damaged',
    words: 'it is damaged',
  },
]

export function toFileFailure(thrown: unknown): FileFailure {
  if (thrown instanceof FileFailure) return thrown
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
  const known = KINDS.find(({ pattern }) => pattern.test(code))
  if (known === undefined) return new FileFailure('unavailable', hidePaths(message, thrown))
  return new FileFailure(known.kind, `${known.words} (${code})`)
}
