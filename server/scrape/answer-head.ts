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
const KNOWN_FIELDS = [...SINGLE_FIELDS, 'connection', 'content-length', 'trailer', 'transfer-encoding']
/** What is said of a body is said before it. */
const NOT_TRAILERS: ReadonlySet<string> = new Set(['content-length', 'trailer', 'transfer-encoding'])

/** Reads the fields of a head, or of what follows the last chunk, line by line. */
export class FieldReader {
  readonly #known: Map<string, string[]>
  /** May go on in the next line. */
  #field: string | undefined

  /** Of these names, in lower case, it keeps the values. */
  constructor(names: readonly string[] = []) {
    this.#known = new Map(names.map((name) => [name, []]))
  }

  /** Takes the next line, in Latin-1 and without its end. Answers whether it was the last, the empty one. Throws an Error in words. */
  take(line: string): boolean {
    if (!/^[ \t]/.test(line)) {
      this.#takeField()
      this.#field = trimBlanks(line)
    } else if (this.#field === undefined) throw notHttp('a header field', line)
    else this.#field += ` ${trimBlanks(line)}`
    return line === ''
  }

  valuesOf(name: string): readonly string[] {
    return this.#known.get(name) ?? []
  }

  #takeField(): void {
    const field = this.#field
    if (field === undefined) return
    const colonAt = field.indexOf(':')
    const name = field.slice(0, Math.max(colonAt, 0))
    const value = trimBlanks(field.slice(colonAt + 1))
    if (!NAME.test(name) || FORBIDDEN_IN_VALUES.test(value)) throw notHttp('a header field', field)
    this.#known.get(name.toLowerCase())?.push(value)
  }
}

/** Reads a head line by line, and keeps what matters. */
export class HeadReader {
  #status: { isOld: boolean; code: string } | undefined
  readonly #fields = new FieldReader(KNOWN_FIELDS)

  /**
   * Takes the next line, in Latin-1 and without its end. Answers the head when that was its last, which is empty. Throws an
   * Error in words.
   */
  take(line: string): Head | undefined {
    if (this.#status !== undefined) return this.#fields.take(line) ? this.#end(this.#status) : undefined
    this.#status = readStatusLine(line)
    return undefined
  }

  /** What comes before the answer is held to the same, as in Go. */
  #end({ code, isOld }: { isOld: boolean; code: string }): Head {
    const values = (name: string) => this.#fields.valuesOf(name)
    const isChunked = !isOld && areChunked(values('transfer-encoding'))
    const length = lengthOf(values('content-length'))
    if (isChunked) requireTrailers(values('trailer'))
    if (/^1/.test(code) && code !== '101') return { text: '', isChunked: false }
    const head = [`HTTP/1.${isOld ? 0 : 1} ${code} `]
    for (const name of SINGLE_FIELDS) for (const value of values(name).slice(0, 1)) head.push(`${name}: ${value}`)
    for (const value of values('connection')) head.push(`connection: ${value}`)
    if (isChunked) head.push('transfer-encoding: chunked')
    else if (length !== undefined) head.push(`content-length: ${length}`)
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
  if (length === undefined) return undefined
  const isOne = lengths.every((other) => other === length)
  if (isOne && length === '') return undefined
  if (isOne && /^\d+$/.test(length) && Number(length) < 2 ** 63) return length
  throw notHttp('one Content-Length', lengths.join(', '))
}

function requireTrailers(announced: readonly string[]): void {
  for (const name of announced.flatMap((names) => names.split(','))) {
    if (NOT_TRAILERS.has(trimBlanks(name).toLowerCase())) throw notHttp('a field that may follow a body', name)
  }
}

/** The Error for bytes that are something else than `expected`. */
export function notHttp(expected: string, got: string): Error {
  return new Error(`the answer is not HTTP: expected ${expected}, got ${JSON.stringify(got.slice(0, 60))}`)
}
