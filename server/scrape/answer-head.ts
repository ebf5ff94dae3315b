// The head of an HTTP answer, read as Go reads it, so that a target is up here if it is for Prometheus. Node's parser sees
// only what it says of the body, in plain words: it refuses much that is harmless to a client that reads, and its lenient
// mode takes what Go refuses and still not all that Go takes.

import { trimBlanks } from '../exposition/characters'

/** What is known of an answer by its head. */
export type Head = {
  /** The head in words that Node's parser takes, or '' where the answer itself is still to come (1xx). */
  text: string
  isChunked: boolean
}

/** What a name may consist of; Go lets blanks pass, and knows no such field. */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z -]+$/
const FORBIDDEN_IN_VALUES = /[^\t\x20-\x7e\x80-\xff]/

/** Fields of which the first counts, and the rest of the answer doesn't depend on. */
const SINGLE_FIELDS = ['content-type', 'content-encoding', 'location']
const KNOWN_FIELDS = [...SINGLE_FIELDS, 'connection', 'content-length', 'transfer-encoding']

/** Reads a head line by line, and keeps what matters. */
export class HeadReader {
  #status: { isOld: boolean; code: string } | undefined
  readonly #fields = new Map(KNOWN_FIELDS.map((name): [string, string[]] => [name, []]))
  /** May go on in the next line. */
  #field: string | undefined

  /**
   * Takes the next line, in Latin-1 and without its end. Answers the head when that was its last, which is empty. Throws an
   * Error in words.
   */
  take(line: string): Head | undefined {
    if (this.#status === undefined) this.#status = readStatusLine(line)
    else if (!/^[ \t]/.test(line)) {
      this.#takeField()
      if (line === '') return this.#end(this.#status)
      this.#field = trimBlanks(line)
    } else if (this.#field === undefined) throw notHttp('a header field', line)
    else this.#field += ` ${trimBlanks(line)}`
    return undefined
  }

  #takeField(): void {
    const field = this.#field
    if (field === undefined) return
    const colonAt = field.indexOf(':')
    const name = field.slice(0, Math.max(colonAt, 0))
    const value = trimBlanks(field.slice(colonAt + 1))
    if (!NAME.test(name) || FORBIDDEN_IN_VALUES.test(value)) throw notHttp('a header field', field)
    this.#fields.get(name.toLowerCase())?.push(value)
  }

  #end({ code, isOld }: { isOld: boolean; code: string }): Head {
    if (/^1/.test(code) && code !== '101') return { text: '', isChunked: false }
    const values = (name: string) => this.#fields.get(name) ?? []
    const head = [`HTTP/1.${isOld ? 0 : 1} ${code} `]
    for (const name of SINGLE_FIELDS) for (const value of values(name).slice(0, 1)) head.push(`${name}: ${value}`)
    for (const value of values('connection')) head.push(`connection: ${value}`)
    const isChunked = !isOld && areChunked(values('transfer-encoding'))
    const length = isChunked ? undefined : lengthOf(values('content-length'))
    if (isChunked) head.push('transfer-encoding: chunked')
    if (length !== undefined) head.push(`content-length: ${length}`)
    return { text: `${head.join('\r\n')}\r\n\r\n`, isChunked }
  }
}

/** What is older than 1.1 knows no chunks. */
function readStatusLine(line: string): { isOld: boolean; code: string } {
  const [, major = '', minor = '', rest] = /^HTTP\/(\d)\.(\d) +(.*)$/s.exec(line) ?? []
  const code = rest?.split(' ', 1)[0] ?? ''
  if (!/^\+?\d+$/.test(code) || code.length !== 3) throw notHttp('a status line', line)
  return { isOld: Number(major + minor) < 11, code: code.replace('+', '0') }
}

function areChunked([coding, another]: readonly string[]): boolean {
  if (coding === undefined) return false
  if (another !== undefined || coding.toLowerCase() !== 'chunked')
    throw notHttp('the Transfer-Encoding chunked or none', [coding, another ?? ''].join(' '))
  return true
}

/** Fields that agree count once, and an empty one not at all. */
function lengthOf(lengths: readonly string[]): string | undefined {
  const [length] = lengths
  if (length === undefined || (length === '' && lengths.length === 1)) return undefined
  if (/^\d+$/.test(length) && Number(length) < 2 ** 63 && lengths.every((other) => other === length)) return length
  throw notHttp('one Content-Length', lengths.join(', '))
}

function notHttp(expected: string, got: string): Error {
  return new Error(`the answer is not HTTP: expected ${expected}, got ${JSON.stringify(got.slice(0, 60))}`)
}
