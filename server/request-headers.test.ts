import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { RequestHeaders } from './request-headers'
import { parseHeaders, readHeadersFile } from './request-headers'

describe('parseHeaders', () => {
  it.each<[string, string, RequestHeaders]>([
    ['one header', 'X-Scope-OrgID: shop', { 'x-scope-orgid': 'shop' }],
    ['several, between commas', 'a: 1, b: x=y: z', { a: '1', b: 'x=y: z' }],
    ['several, on lines of their own', 'a: 1\r\n\nb: 2\n', { a: '1', b: '2' }],
    [
      'an equals sign after the name',
      'X-Scope-OrgID=shop,Authorization=Bearer abc==',
      {
        'x-scope-orgid': 'shop',
        authorization: 'Bearer abc==',
      },
    ],
    ['a comma in a value', 'a: b%2Cc', { a: 'b,c' }],
    ['none', ' ', {}],
  ])('takes %s', (_, text, headers) => {
    expect(parseHeaders(text)).toEqual(headers)
  })

  it.each([
    ['secret', /^expected headers such as X-Scope-OrgID: shop, .*not shown/],
    ['a:', /not shown/],
    ['a b: secret', /not shown/],
    ['a: se\u0001cret', /not shown/],
    ['a: \u{1F600}', /not shown/],
    ['Host: a', /^expected headers that the HTTP client does not set by itself, got Host$/],
    ['a: 1, A: 2', /^expected each header once, got A twice$/],
  ])('refuses %j, and never repeats a value', (text, message) => {
    expect(() => parseHeaders(text)).toThrow(message)
    expect(() => parseHeaders(text)).not.toThrow('secret')
  })

  it('reads a file', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'headers-'))
    const file = path.join(folder, 'headers')
    writeFileSync(file, 'X-Scope-OrgID: shop\nAuthorization: Bearer a\n')
    expect(readHeadersFile(file)).toEqual({ 'x-scope-orgid': 'shop', authorization: 'Bearer a' })
    rmSync(folder, { recursive: true })
    expect(() => readHeadersFile(file)).toThrow(/^expected a file that can be read, got ".*headers" \(ENOENT\)$/)
  })
})
