// What a server says about a query, and where in the query that is: `1:5: parse error: …`, `… (1:15)`.

/** Offsets into what was asked; undefined where the words name no place. */
export type Remark = { level: 'error' | 'warning' | 'info'; text: string; at: number | undefined }

export function toRemark(level: Remark['level'], words: string, asked: string): Remark {
  const text = words.replace(/^invalid parameter "query": /, '')
  const [, line, column] = /^(\d+):(\d+): /.exec(text) ?? /\((\d+):(\d+)\)$/.exec(text) ?? []
  if (line === undefined || column === undefined) return { level, text, at: undefined }
  return { level, text, at: toOffset(asked, Number(line), Number(column)) }
}

/** Lines count from 1, and columns from 1 in bytes of UTF-8. Beyond the end it is the end. */
export function toOffset(text: string, line: number, column: number): number {
  const lines = text.split('\n')
  const start = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0)
  const bytes = new TextEncoder().encode(lines[line - 1] ?? '').slice(0, column - 1)
  return Math.min(text.length, start + new TextDecoder().decode(bytes).length)
}

/** What is underlined from there on: the word, or at least one character. */
export function toUnderlined(text: string, at: number): { from: number; to: number } {
  const from = Math.max(0, Math.min(at, text.length - 1))
  const [word = ''] = /^[\w:.$]+/.exec(text.slice(from)) ?? []
  return { from, to: Math.min(text.length, from + Math.max(1, word.length)) }
}
