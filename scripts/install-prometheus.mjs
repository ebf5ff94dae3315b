// Brings a real Prometheus 3 to a Debian machine: unpacked into `.cache/`, not installed, so nothing else changes.
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { aptGet, isDebian, quietly } from './debian.mjs'
import { debianSource } from './debian-source.mjs'
import { findPrometheus, PROMETHEUS_CACHE } from './find-prometheus.mjs'

/** The Debian release whose Prometheus is 3.5; its programs need nothing but libc, and run on older releases too. */
const SUITE = 'forky'
const PACKAGES = ['prometheus', 'promtool']

/** @returns {string | undefined} the program's path; undefined when there is none and it couldn't be fetched */
export function installPrometheus() {
  const found = findPrometheus()
  if (found !== undefined || process.env.PROMETHEUS_PATH) return found
  const source = isDebian() ? debianSource(SUITE) : undefined
  if (source === undefined) return undefined
  console.log('Fetching Prometheus from Debian, for the tests that compare with it ...')
  mkdirSync(dirname(PROMETHEUS_CACHE), { recursive: true })
  const folder = mkdtempSync(`${PROMETHEUS_CACHE}-`)
  try {
    if (!fetchInto(folder, source)) return undefined
    rmSync(PROMETHEUS_CACHE, { recursive: true, force: true })
    renameSync(join(folder, 'unpacked'), PROMETHEUS_CACHE)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return findPrometheus()
}

/**
 * Everything of apt's that this needs lives in `folder`: it works without root, and leaves the machine's lists alone.
 * @param {string} folder
 * @param {{ text: string, fileName: string }} source
 * @returns {boolean} whether `folder/unpacked` now holds the package's files
 */
function fetchInto(folder, source) {
  const sourceFile = join(folder, source.fileName)
  writeFileSync(sourceFile, source.text)
  for (const part of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(folder, part), { recursive: true })
  const apart = [
    `Dir::Etc::sourcelist=${sourceFile}`,
    'Dir::Etc::sourceparts=/dev/null',
    `Dir::State::lists=${join(folder, 'lists')}`,
    `Dir::Cache=${join(folder, 'cache')}`,
    'APT::Sandbox::User=root',
  ].flatMap((option) => ['-o', option])
  if (!aptGet([...apart, 'update']) || !aptGet([...apart, 'download', ...PACKAGES], folder)) return false
  const archives = readdirSync(folder).filter((name) => name.endsWith('.deb'))
  return archives.every((archive) => quietly('dpkg-deb', ['-x', join(folder, archive), join(folder, 'unpacked')]))
}
