// What the terminal shows: the changes as a unified diff, and what a check found.
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'
import type { App } from './find-app'
import type { Change, Finding, Task } from './plan'

const CODES = { red: 31, green: 32, cyan: 36, bold: 1 }
type Colour = keyof typeof CODES

/** @returns the changes as `diff -u` writes them, ready for `patch -p0` */
export function diffOf(changes: readonly Change[], isColoured: boolean): string {
  return changes
    .map(({ path, before, after }) => {
      const [from, to] = [before === undefined ? '/dev/null' : path, after === undefined ? '/dev/null' : path]
      const patch = createTwoFilesPatch(from, to, before ?? '', after ?? '', undefined, undefined, {
        context: 3,
        headerOptions: FILE_HEADERS_ONLY,
      })
      return isColoured ? patch.split('\n').map(coloured).join('\n') : patch
    })
    .join('\n')
}

/** @returns a line for each finding */
export function findingsOf(findings: readonly Finding[], isColoured: boolean): string {
  return findings
    .map(({ isWired, sentence }) => {
      const sign = isWired ? paint('ok     ', 'green', isColoured) : paint('missing', 'red', isColoured)
      return `${sign}  ${sentence}`
    })
    .join('\n')
}

/** @returns what a person has to do in files that couldn't be changed safely */
export function tasksOf(tasks: readonly Task[]): string {
  return tasks
    .map(({ path, why, advice }) =>
      [`${path} ${why}, so it was not changed.`, ...advice.map((one) => `  ${one}`)].join('\n'),
    )
    .join('\n')
}

/** @returns one line on what was found */
export function appLine({ next, routers, isTypeScript, agent, folder }: App): string {
  const language = isTypeScript ? 'TypeScript' : 'JavaScript'
  return `Next.js ${next.version}, ${routers.join(' and ')}, ${language}, ${agent}: ${folder}`
}

function coloured(line: string): string {
  if (/^(---|\+\+\+) /.test(line)) return paint(line, 'bold', true)
  if (line.startsWith('@@')) return paint(line, 'cyan', true)
  return line.startsWith('+') ? paint(line, 'green', true) : line.startsWith('-') ? paint(line, 'red', true) : line
}

function paint(text: string, colour: Colour, isColoured: boolean): string {
  return isColoured ? `\u001B[${CODES[colour]}m${text}\u001B[0m` : text
}
