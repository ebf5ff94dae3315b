// This machine's own Debian source with another suite, so that its mirror, proxy and keys stay as they are.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { osRelease } from './debian.mjs'

/**
 * @param {string} suite such as `forky`
 * @returns {{ text: string, fileName: string } | undefined} an apt source file; undefined when the machine's own
 *   files name no source for the Debian it runs
 */
export function debianSource(suite) {
  const own = osRelease('VERSION_CODENAME') ?? ''
  for (const file of sourceFiles()) {
    const isStanzas = file.endsWith('.sources')
    const text = (isStanzas ? fromStanzas : fromLines)(readFileSync(file, 'utf8'), own, suite)
    if (text !== undefined) return { text, fileName: `${suite}${isStanzas ? '.sources' : '.list'}` }
  }
  return undefined
}

/** @returns {string[]} */
function sourceFiles() {
  const folder = '/etc/apt/sources.list.d'
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /\.(sources|list)$/.test(name)) : []
  return ['/etc/apt/sources.list', ...names.sort().map((name) => join(folder, name))].filter((file) => existsSync(file))
}

/**
 * The newer form of a source file: stanzas of `Key: value` lines.
 * @param {string} text
 * @param {string} own the suite to look for
 * @param {string} suite the suite to put in its place
 * @returns {string | undefined}
 */
export function fromStanzas(text, own, suite) {
  const withoutComments = text.replace(/^#.*\n/gm, '')
  const stanzas = withoutComments.split(/\n\s*\n/)
  const stanza = stanzas.find((each) => /^Types:.*\bdeb\b/m.test(each) && suitesOf(each).includes(own))
  return stanza && `${stanza.trim().replace(/^Suites:.*$/m, `Suites: ${suite}`)}\n`
}

/**
 * @param {string} stanza
 * @returns {string[]}
 */
function suitesOf(stanza) {
  return /^Suites:(.*)$/m.exec(stanza)?.[1]?.trim().split(/\s+/) ?? []
}

/**
 * The older form of a source file: lines of `deb [options] address suite components`.
 * @param {string} text
 * @param {string} own the suite to look for
 * @param {string} suite the suite to put in its place
 * @returns {string | undefined}
 */
export function fromLines(text, own, suite) {
  const entries = text.matchAll(/^(deb\s+(?:\[[^\]]*\]\s+)?\S+\s+)(\S+)(\s.*)$/gm)
  const entry = [...entries].find(([, , named]) => named === own)
  return entry && `${entry[1]}${suite}${entry[3]}\n`
}
