// node_modules, as package-lock.json wants it.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from './problem.mjs'
import { ROOT, run } from './run.mjs'

/** @typedef {Record<string, { version?: string, optional?: boolean }>} LockedPackages */

/** Runs `npm ci` where node_modules is missing, incomplete or behind package-lock.json. Throws a Problem. */
export async function ensurePackages() {
  const wanted = lockedPackages('package-lock.json')
  if (wanted === undefined)
    throw new Problem('package-lock.json is missing: restore it with `git checkout package-lock.json`.')
  // npm leaves this file behind as the last thing that it does.
  const present = lockedPackages('node_modules/.package-lock.json')
  if (present !== undefined && isSatisfied(wanted, present)) return
  console.log('Installing the packages (npm ci) ...')
  const code = await runNpm(['ci', '--include=dev', '--no-audit', '--no-fund'])
  if (code >= 128) process.exit(code)
  if (code !== 0) {
    throw new Problem(
      'npm could not install the packages: its output is above. Check that npm can reach its registry, then try again.',
    )
  }
}

/**
 * @param {LockedPackages} wanted
 * @param {LockedPackages} present
 * @returns {boolean} whether every package is there in its version; optional ones are for certain systems only
 */
export function isSatisfied(wanted, present) {
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true
    const found = present[path]
    return found === undefined ? optional === true : found.version === version
  })
}

/**
 * @param {string} file
 * @returns {LockedPackages | undefined}
 */
function lockedPackages(file) {
  const path = join(ROOT, file)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : undefined
}

/** @param {readonly string[]} args */
export function runNpm(args) {
  const npm = process.env.npm_execpath
  if (npm?.endsWith('npm-cli.js')) return run(process.execPath, [npm, ...args])
  return run('npm', args, { shell: process.platform === 'win32' })
}
