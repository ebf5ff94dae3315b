import { describe, expect, it } from 'vitest'
import type { Head } from './answer-head'
import { HeadReader } from './answer-head'

function readHead(lines: readonly string[]): Head {
  const reader = new HeadReader()
  for (const line of lines) expect(reader.take(line)).toBeUndefined()
  return reader.take('') ?? { text: 'unfinished', isChunked: false }
}

const head = (...fields: string[]) => readHead(['HTTP/1.1 200 OK', ...fields])
const textOf = (...lines: string[]) => `${lines.join('\r\n')}\r\n\r\n`

describe('a head is read as Go reads it', () => {
  it.each<[string, string[], string[]]>([
    ['with fields that say nothing of the body', ['Server: x', 'X: é'], []],
    ['with any case of names', ['CONTENT-type: a/b'], ['content-type: a/b']],
    ['with a value in the next line', ['Content-Type:', ' a/b;', '\tc=d'], ['content-type: a/b; c=d']],
    ['with the first of several', ['Content-Type: a/b', 'Content-Type: c/d'], ['content-type: a/b']],
    ['with a blank before a colon, of which field nothing is known', ['Content-Type : a/b', 'X Y: z'], []],
    ['with lengths that agree', ['Content-Length: 4', 'Content-Length: 4'], ['content-length: 4']],
    ['with an empty length', ['Content-Length: '], []],
    ['with empty lengths', ['Content-Length: ', 'Content-Length:'], []],
    ['with a list of trailers and no chunks', ['Trailer: Content-Length'], []],
    [
      'with a length beside chunks, which is none',
      ['Content-Length: 4', 'Transfer-Encoding: Chunked'],
      ['transfer-encoding: chunked'],
    ],
    ['with a connection that closes', ['Connection: close'], ['connection: close']],
  ])('%s', (_, fields, expected) => {
    expect(head(...fields).text).toBe(textOf('HTTP/1.1 200 ', ...expected))
  })

  it.each([
    ['HTTP/1.1  200 OK', 'HTTP/1.1 200 '],
    ['HTTP/1.1 404', 'HTTP/1.1 404 '],
    ['HTTP/1.0 200 OK', 'HTTP/1.0 200 '],
    ['HTTP/9.9 200 OK', 'HTTP/1.1 200 '],
  ])('with the status line %s', (line, expected) => {
    expect(readHead([line]).text).toBe(textOf(expected))
  })

  it('knows no chunks before HTTP/1.1', () => {
    const old = readHead(['HTTP/1.0 200 OK', 'Transfer-Encoding: chunked'])
    expect(old).toEqual({ text: textOf('HTTP/1.0 200 '), isChunked: false })
  })

  it('waits for the answer behind one that is not the last', () => {
    expect(readHead(['HTTP/1.1 103 Early Hints']).text).toBe('')
  })
})

describe('a head is none', () => {
  it.each([
    ['HTTP/1.1 20 OK', 'expected a status line, got "HTTP/1.1 20 OK"'],
    ['HTTP/2 200 OK', 'a status line'],
    ['hello', 'a status line'],
  ])('with the status line %s', (line, message) => {
    expect(() => readHead([line])).toThrow(`${message}`)
  })

  it.each([
    ['no colon', 'expected a header field, got "no colon"'],
    [': y', 'a header field'],
    [' X: y', 'a header field'],
    ['X(: y', 'a header field'],
    ['X\t: y', 'a header field'],
    ['X: a\0b', 'a header field'],
    ['Content-Length: +4', 'expected one Content-Length, got "+4"'],
    ['Content-Length: 4, 4', 'one Content-Length'],
    ['Transfer-Encoding: gzip, chunked', 'expected the Transfer-Encoding chunked or none, got "gzip, chunked "'],
  ])('with the field %j', (field, message) => {
    expect(() => head(field)).toThrow(message)
  })

  it('with lengths that differ', () => {
    expect(() => head('Content-Length: 4', 'Content-Length: 5')).toThrow('expected one Content-Length, got "4, 5"')
  })

  it.each([
    [
      'with a length that is none beside chunks',
      ['Transfer-Encoding: chunked', 'Content-Length: x'],
      'one Content-Length',
    ],
    [
      'with trailers that say what the body is',
      ['Transfer-Encoding: chunked', 'Trailer: X, content-length'],
      'may follow',
    ],
  ])('%s', (_, fields, message) => {
    expect(() => head(...fields)).toThrow(message)
  })

  it('with a length that is none before the answer itself', () => {
    expect(() => readHead(['HTTP/1.1 103 Early Hints', 'Content-Length: x'])).toThrow('expected one Content-Length')
  })

  it('takes a time that is linear in its length, whatever it holds', () => {
    const blanks = ' '.repeat(500_000)
    expect(head(`Content-Type: a${blanks}b`).text).toContain(`a${blanks}b`)
  })
})
