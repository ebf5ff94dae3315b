// Programs of another Debian release, unpacked into a folder of `.cache/`: nothing is installed, so nothing else changes.
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { aptGet, isDebian, quietly } from './debian.mjs'
import { debianSource } from './debian-source.mjs'

/**
 * It works without root.
 * @param {string} what is fetched, and what for: `Prometheus 3 from Debian, for the tests that compare with it`
 * @param {{ suite: string, packages: readonly string[] }} from
 * @param {string} cache the folder to unpack into, whose place the unpacked files take
 * @returns {boolean} whether it is there now
 */
export function unpackDebian(what, { suite, packages }, cache) {
  const source = isDebian() ? debianSource(suite) : undefined
  if (source === undefined) return false
  console.log(`Fetching ${what} ...`)
  mkdirSync(dirname(cache), { recursive: true })
  const folder = mkdtempSync(`${cache}-`)
  try {
    if (!fetchInto(folder, source, packages)) return false
    rmSync(cache, { recursive: true, force: true })
    renameSync(join(folder, 'unpacked'), cache)
    return true
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Everything of apt's that this needs lives in `folder`: it leaves the machine's lists alone.
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
