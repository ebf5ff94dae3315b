// Makes room where a file is of no use: it is renamed, never deleted, with its journal.
import { access, rename } from 'node:fs/promises'
import type { FailureKind } from './file-failure'
import { FileFailure } from './file-failure'

/** How many files that aren't ours are kept beside each other. */
const FOREIGN_LIMIT = 10

/**
 * Renames the file at `path` and gives its new name. Of damaged and of newer files the last one is kept, so that they
 * can't fill the disk; one that isn't ours never makes way for another, and is left where it is if there are too many:
 * then it rejects with a FileFailure.
 */
export async function setAside(path: string, kind: FailureKind): Promise<string> {
  const name = await freeName(`${path}.${kind}`, kind === 'foreign')
  await rename(path, name)
  // Without its journal it would not be the same database; and a new file must not meet the journal of another.
  await rename(`${path}-journal`, `${name}-journal`).catch(() => {})
  return name
}

async function freeName(wanted: string, mustBeFree: boolean): Promise<string> {
  let name = wanted
  for (let i = 2; mustBeFree && (await exists(name)); i++) {
    if (i > FOREIGN_LIMIT) {
      throw new FileFailure(
        'foreign',
        `it is not a history of this app, and ${FOREIGN_LIMIT} like it are beside it already`,
      )
    }
    name = `${wanted}-${i}`
  }
  return name
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
