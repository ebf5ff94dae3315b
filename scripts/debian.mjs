// Debian's own tools, for what npm can't bring: a browser, a real Prometheus, FastAPI.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { findOnPath } from './find-on-path.mjs'

const TIME_LIMIT_MS = 10 * 60_000

/** @returns {boolean} whether this is Debian itself; its derivatives package things differently */
export function isDebian() {
  return osRelease('ID') === 'debian' && findOnPath(['apt-get']).length > 0
}

/** @returns {boolean} */
export function isRoot() {
  return process.getuid?.() === 0
}

/**
 * @param {string} key such as `ID` or `VERSION_CODENAME`
 * @returns {string | undefined} what /etc/os-release says of this system
 */
export function osRelease(key) {
  try {
    return new RegExp(`^${key}="?([^"\n]*)"?$`, 'm').exec(readFileSync('/etc/os-release', 'utf8'))?.[1]
  } catch {
    return undefined
  }
}

/**
 * Runs apt-get without questions, and without output unless it fails.
 * @param {readonly string[]} args
 * @param {string} [folder] to run in
 * @returns {boolean} whether it succeeded
 */
export function aptGet(args, folder) {
  const patience = ['Acquire::Retries=2', 'Acquire::http::Timeout=60', 'DPkg::Lock::Timeout=300']
  return quietly('apt-get', ['-qq', ...patience.flatMap((option) => ['-o', option]), ...args], folder)
}

/**
 * Installs packages, for which it has to be root.
 * @param {readonly string[]} packages
 * @returns {boolean} whether it succeeded
 */
export function aptInstall(packages) {
  return aptGet(['update']) && aptGet(['install', '-y', '--no-install-recommends', ...packages])
}

/**
 * Runs a program for at most 10 minutes, and shows what it said only if it failed.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} [folder] to run in
 * @returns {boolean} whether it succeeded
 */
export function quietly(program, args, folder) {
  const ended = spawnSync(program, args, {
    cwd: folder,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    encoding: 'utf8',
    timeout: TIME_LIMIT_MS,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (ended.status === 0) return true
  const said = [ended.error?.message, ended.stdout, ended.stderr].filter(Boolean)
  console.error([`Failed: ${program} ${args.join(' ')}`, ...said].join('\n'))
  return false
}
