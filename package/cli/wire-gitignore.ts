// .gitignore: the folder of Hearth's history, under a comment by which our lines are found again.
import { newlineOf } from './source-code'

const FOLDER = '.hearth/'
const COMMENT = '# hearth-metrics: the history of the dashboard'

/** @returns the whole file, for a repository that has none */
export function newGitignore(): string {
  return `${COMMENT}\n${FOLDER}\n`
}

/** @returns whether the folder is ignored, by us or by anybody */
export function isIgnored(text: string): boolean {
  return text.split(/\r?\n/).some((line) => /^(\*\*\/|\/)?\.hearth(\/|\/\*\*?)?\s*$/.test(line))
}

/** @returns the text with our two lines at its end, which ends with a line break if it did before */
export function addIgnored(text: string): string {
  const newline = newlineOf(text)
  const lines = newline + COMMENT + newline + FOLDER
  return text.endsWith('\n') ? text + lines + newline : text + newline + lines
}

/** @returns the text without our two lines; undefined where there is nothing else */
export function removeIgnored(text: string): string | undefined {
  if (text === newGitignore()) return undefined
  const newline = newlineOf(text)
  const lines = newline + COMMENT + newline + FOLDER
  if (text.includes(lines + newline)) return text.replace(lines + newline, '')
  return text.endsWith(newline + lines) ? text.slice(0, -(newline + lines).length) : text
}
