// The licence texts of everything that is inside the package.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from './problem.mjs'

const LICENCE_FILE = /^(?:licen[cs]e|copying|ofl)(?:[-._].*)?$/i
const NOTICE_FILE = /^notice(?:[-._].*)?$/i

/**
 * Throws a Problem where a package has no licence text.
 * @param {readonly string[]} modules paths of all that is inside, in whatever order
 * @returns {string}
 */
export function licencesOf(modules) {
  const folders = [...new Set(modules.flatMap((path) => packageFolder(path) ?? []))].sort()
  const texts = folders.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const files = readdirSync(folder).sort()
    const own = files.filter((file) => LICENCE_FILE.test(file))
    if (own.length === 0) {
      throw new Problem(`${name} ${version} (${license}) has no licence text: it cannot be part of the package.`)
    }
    const parts = [...own, ...files.filter((file) => NOTICE_FILE.test(file))]
    const text = parts.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n')
    return { title: `${name} ${version} (${license})`, text }
  })
  const sections = [...new Map(texts.map(({ title, text }) => [title, `${title}\n\n${text}\n`])).values()]
  return `This package contains parts of the following software.\n\n${sections.join(`\n${'-'.repeat(80)}\n\n`)}`
}

/**
 * The folder of the installed package that a module belongs to; undefined for our own, and for what a bundler adds.
 * @param {string} path
 */
function packageFolder(path) {
  const [file = ''] = path.replaceAll('\\', '/').split('?', 1)
  const [folder] = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []
  return folder !== undefined && existsSync(join(folder, 'package.json')) ? folder : undefined
}
