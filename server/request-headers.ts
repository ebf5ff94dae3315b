// Headers that an operator wants sent, such as a tenant's name or a token. No message here contains a value.
import { readSecretFile } from './token'

export type RequestHeaders = Readonly<Record<string, string>>

/** A token of RFC 9110, and what may stand in a header's value. */
const ENTRY = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*[:=]\s*([\x20-\x7e\x80-\xff]*)$/
/** What the HTTP client sets by itself. */
const RESERVED = new Set([
  'host',
  'content-length',
  'content-type',
  'connection',
  'transfer-encoding',
  'upgrade',
  'expect',
])

/**
 * `X-Scope-OrgID: shop, Authorization: Bearer ...`: entries between commas or on lines of their own, with `:` or `=` after the
 * name. A comma in a value is written %2C. Throws an Error that says what was expected.
 */
export function parseHeaders(text: string): RequestHeaders {
  const headers: Record<string, string> = {}
  for (const entry of text.split(/[,\n]/)) {
    if (entry.trim() === '') continue
    const [, name = '', value = ''] = ENTRY.exec(entry.trim()) ?? []
    const key = name.toLowerCase()
    if (value === '')
      throw new Error(
        'expected headers such as X-Scope-OrgID: shop, between commas or on lines of their own, got something else (not shown, since it may be a password)',
      )
    if (RESERVED.has(key)) throw new Error(`expected headers that the HTTP client does not set by itself, got ${name}`)
    if (key in headers) throw new Error(`expected each header once, got ${name} twice`)
    headers[key] = value.replaceAll(/%2c/gi, ',')
  }
  return headers
}

/** The same from a file, one on each line. */
export function readHeadersFile(path: string): RequestHeaders {
  return parseHeaders(readSecretFile(path, 'headers').text)
}
