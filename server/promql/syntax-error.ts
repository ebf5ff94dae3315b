// What to say where the grammar could not go on, in the words of Prometheus's parser.
import type { PromqlError } from './promql-error'
import { parseError } from './promql-error'

const keywords = new Set(['bool', 'by', 'group_left', 'group_right', 'ignoring', 'offset', 'on', 'without'])
const tokenForm = /[a-zA-Z_:][\w:]*|[\d.][\w.]*|"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|`[^`]*`?|[=!<>]=|[=!]~|\S/y

/** The error for the token of `text` at `offset`, or after the blanks there. */
export function syntaxError(text: string, offset: number): PromqlError {
  const before = text.slice(0, offset)
  const at = offset + (/^\s*/.exec(text.slice(offset))?.[0].length ?? 0)
  tokenForm.lastIndex = at
  const token = tokenForm.exec(text)?.[0] ?? ''
  const caller = /([a-zA-Z_:][\w:]*)\s*$/.exec(before)?.[1]
  if (token === '(' && caller !== undefined && !keywords.has(caller)) {
    const from = before.lastIndexOf(caller)
    return parseError(text, `unknown function with name ${JSON.stringify(caller)}`, from, from + caller.length)
  }
  if (text.trim() === '') return parseError(text, 'no expression found in input', 0, text.length)
  return parseError(text, `unexpected ${inWords(token)}`, at, at + token.length)
}

function inWords(token: string): string {
  if (token === '') return 'end of input'
  if (keywords.has(token.toLowerCase())) return `<${token}>`
  if (/^[a-zA-Z_:]/.test(token)) return `identifier ${JSON.stringify(token)}`
  if (/^\d|^\.\d/.test(token)) return `number ${JSON.stringify(token)}`
  if (/^["'`]/.test(token)) return `string ${JSON.stringify(token)}`
  if (/^[-+*/%^=!<>]/.test(token)) return `<op:${token}>`
  return JSON.stringify(token)
}
