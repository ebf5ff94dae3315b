// Looks for a program in the folders of PATH.
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * The full paths of the programs with one of these names, in the order of the names and then of PATH.
 * @param {readonly string[]} names without ".exe"
 * @returns {string[]}
 */
export function findOnPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return names.flatMap((name) => folders.map((folder) => join(folder, name + suffix))).filter(isProgram)
}

/**
 * @param {string | undefined} path
 * @returns {path is string} whether there is a file at `path` that this user may run
 */
export function isProgram(path) {
  if (!path) return false
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
