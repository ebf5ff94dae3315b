// The lines that docs/hosts.md tells people to write: what the hosts are wired with, so that the document can't be wrong.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const FENCE = /^```(\w+)\n([\s\S]*?)^```$/gm
/** The first line of a block that is a whole file. */
const FILE = /^\/\/ (\S+\.\w+)\n/

type Block = { language: string; file: string | undefined; code: string }

/** The files in the section of that heading, by path, without the line that names them. Throws where there is none. */
export function filesOf(heading: string): Record<string, string> {
  const files = blocksOf(heading).flatMap(({ file, code }) => (file === undefined ? [] : [[file, code] as const]))
  if (files.length === 0) throw new Error(`expected a file in the section "${heading}" of docs/hosts.md, got none`)
  return Object.fromEntries(files)
}

/** The blocks of JavaScript in that section that go into a file of the app's own. Throws where there are none. */
export function linesOf(heading: string): string[] {
  const lines = blocksOf(heading).filter(({ file, language }) => file === undefined && language === 'js')
  if (lines.length === 0) throw new Error(`expected lines in the section "${heading}" of docs/hosts.md, got none`)
  return lines.map(({ code }) => code)
}

/** The one command of that section which contains `part`, as its words. Throws where there isn't just one. */
export function commandOf(heading: string, part: string): [string, ...string[]] {
  const commands = blocksOf(heading)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ code }) => code.trim().split('\n'))
    .filter((line) => line.includes(part))
  const [command = ''] = commands
  const [program, ...args] = command.split(' ')
  if (commands.length !== 1 || program === undefined) {
    throw new Error(
      `expected one command with "${part}" in the section "${heading}" of docs/hosts.md, got ${commands.length}`,
    )
  }
  return [program, ...args]
}

function blocksOf(heading: string): Block[] {
  const text = readFileSync(join(process.cwd(), 'docs', 'hosts.md'), 'utf8')
  const sections = text.split(/^#+ /m).filter((section) => section.startsWith(`${heading}\n`))
  const [section] = sections
  if (section === undefined || sections.length > 1) {
    throw new Error(`expected one section "${heading}" in docs/hosts.md, got ${sections.length}`)
  }
  return [...section.matchAll(FENCE)].map(([, language = '', code = '']) => {
    const [, file] = FILE.exec(code) ?? []
    return { language, file, code: file === undefined ? code : code.replace(FILE, '') }
  })
}
