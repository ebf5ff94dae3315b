// Paths of files on this machine are written to the log, and never sent over HTTP.
import { basename, sep } from 'node:path'

const TO_PACKAGES = /[^\s'"()]*[/\\]node_modules[/\\]/g

/**
 * A message to show, without the folders that files lie in: that of the app, those of installed packages, and what the
 * system's own errors name as `path` and `dest`. Of any other path only the one who threw it knows that it is one.
 */
export function hidePaths(message: string, error?: unknown): string {
  let shown = message
  for (const path of pathsOf(error)) shown = shown.replaceAll(path, basename(path))
  shown = shown.replaceAll(TO_PACKAGES, 'node_modules/')
  const folder = process.cwd()
  return folder === sep ? shown : shown.replaceAll(folder + sep, '').replaceAll(folder, '.')
}

function pathsOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return []
  const named = ['path', 'dest'].map((name) => Reflect.get(error, name))
  return named.filter((path): path is string => typeof path === 'string' && basename(path) !== '')
}
