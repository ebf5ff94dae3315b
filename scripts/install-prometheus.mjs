// Brings a real Prometheus, 3 or 2, to a Debian machine: unpacked into `.cache/`, not installed, so nothing else changes.
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { aptGet, isDebian, quietly } from './debian.mjs'
import { debianSource } from './debian-source.mjs'
import { findPrometheus, PROMETHEUS_2, PROMETHEUS_3 } from './find-prometheus.mjs'

/** @import { Release } from './find-prometheus.mjs' */

/**
 * The Debian releases that have them; these programs need nothing but libc, and run on older and newer Debians too.
 * @type {Map<Release, { suite: string, packages: string[] }>}
 */
const PACKAGES = new Map([
  [PROMETHEUS_3, { suite: 'forky', packages: ['prometheus', 'promtool'] }],
  [PROMETHEUS_2, { suite: 'bookworm', packages: ['prometheus'] }],
])

/**
 * @param {Release} [release]
 * @returns {string | undefined} the program's path; undefined when there is none and it couldn't be fetched
 */
export function installPrometheus(release = PROMETHEUS_3) {
  const found = findPrometheus(release)
  if (found !== undefined || process.env[release.variable]) return found
  const { suite, packages } = PACKAGES.get(release) ?? { suite: '', packages: [] }
  const source = isDebian() ? debianSource(suite) : undefined
  if (source === undefined) return undefined
  console.log(`Fetching Prometheus ${release.major} from Debian, for the tests that compare with it ...`)
  mkdirSync(dirname(release.cache), { recursive: true })
  const folder = mkdtempSync(`${release.cache}-`)
  try {
    if (!fetchInto(folder, source, packages)) return undefined
    rmSync(release.cache, { recursive: true, force: true })
    renameSync(join(folder, 'unpacked'), release.cache)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return findPrometheus(release)
}

/**
 * Everything of apt's that this needs lives in `folder`: it works without root, and leaves the machine's lists alone.
 * @param {string} folder
 * @param {{ text: string, fileName: string }} source
 * @param {readonly string[]} packages
 * @returns {boolean} whether `folder/unpacked` now holds the packages' files
 */
function fetchInto(folder, source, packages) {
  const sourceFile = join(folder, source.fileName)
  writeFileSync(sourceFile, source.text)
  for (const part of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(folder, part), { recursive: true })
  const apart = [
    `Dir::Etc::sourcelist=${sourceFile}`,
    'Dir::Etc::sourceparts=/dev/null',
    `Dir::State::lists=${join(folder, 'lists')}`,
    `Dir::Cache=${join(folder, 'cache')}`,
    'APT::Sandbox::User=root',
    // Of a frozen mirror: the lists are signed, but older than they should be.
    'Acquire::Check-Valid-Until=false',
  ].flatMap((option) => ['-o', option])
  if (!aptGet([...apart, 'update']) || !aptGet([...apart, 'download', ...packages], folder)) return false
  const archives = readdirSync(folder).filter((name) => name.endsWith('.deb'))
  return archives.every((archive) => quietly('dpkg-deb', ['-x', join(folder, archive), join(folder, 'unpacked')]))
}
