import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AnswerRewriter, HEAD_LIMIT_BYTES } from './answer-rewriter'
import { CHUNK_LINE_LIMIT_BYTES } from './chunk-sizes'

/** What comes out where the answer comes in these pieces. */
function rewrite(pieces: readonly Buffer[], rewriter = new AnswerRewriter()): string {
  rewriter.begin()
  const seen = pieces.map((piece) => {
    const { failure, seen } = rewriter.rewrite(piece)
    if (failure !== undefined) throw failure
    return seen
  })
  return Buffer.concat(seen).toString('latin1')
}

/** Whether it is the same where all chunks are one. */
function isLike(expected: string): (text: string) => boolean {
  return (text) => {
    const [head = '', ...rest] = text.split('\r\n\r\n')
    if (!head.includes('chunked')) return text === expected
    let [bytes, body] = ['', rest.join('\r\n\r\n')]
    for (let size = Number.parseInt(body, 16); size > 0; size = Number.parseInt(body, 16)) {
      const start = body.indexOf('\r\n') + 2
      bytes += body.slice(start, start + size)
      body = body.slice(start + size + 2)
    }
    return expected === `${head}\r\n\r\n${bytes.length.toString(16)}\r\n${bytes}\r\n${body}`
  }
}

const HEAD = 'HTTP/1.1 200 OK\nX : y\n'
const PLAIN = 'HTTP/1.1 200 \r\n'

describe('an answer', () => {
  it.each([
    ['with a body', `${HEAD}Content-Length: 3\n\nabc`, `${PLAIN}content-length: 3\r\n\r\nabc`],
    ['without end', `${HEAD}\na\r\n\r\nb`, `${PLAIN}\r\na\r\n\r\nb`],
    [
      'in chunks, with blanks and more behind their sizes',
      `${HEAD}Transfer-Encoding: chunked\n\n2  \r\na\n\r\n0a;x\t\r\n\r\n456789\r\n\r\n0 \r\nX: y\r\n\r\n`,
      `${PLAIN}transfer-encoding: chunked\r\n\r\nc\r\na\n\r\n456789\r\n\r\n0\r\n\r\n`,
    ],
    [
      'in chunks, with odd fields behind them',
      `${HEAD}Transfer-Encoding: chunked\n\n1\r\na\r\n0\r\nX Y : z\n u\r\nContent-Length: 9\r\n\r\n`,
      `${PLAIN}transfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n`,
    ],
    ['behind others', `HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 102 P\r\n\r\n${HEAD}\n`, `${PLAIN}\r\n`],
  ])('%s is the same, whatever pieces it comes in', (_, text, expected) => {
    const bytes = Buffer.from(text)
    expect(rewrite([bytes])).toBe(expected)
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: bytes.length })), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length]
        expect(rewrite(places.slice(1).map((end, i) => bytes.subarray(places[i], end)))).toSatisfy(isLike(expected))
      }),
      { numRuns: 50 },
    )
  })

  it('over a connection that had one before is read as well', () => {
    const rewriter = new AnswerRewriter()
    rewrite([Buffer.from(`${HEAD}\nfirst`)], rewriter)
    expect(rewrite([Buffer.from(`${HEAD}\nsecond`)], rewriter)).toBe(`${PLAIN}\r\nsecond`)
  })

  it('to the request of somebody else passes as it is', () => {
    expect(new AnswerRewriter().rewrite(Buffer.from(HEAD))).toEqual({ seen: Buffer.from(HEAD) })
  })

  it.each([
    [
      'a size of more than 64 bits',
      '00000000000000004\r\n',
      'expected the size of a chunk, got "00000000000000004\\r\\n"',
    ],
    ['other bytes than the size says', '1\r\nab\r\n', 'expected a line end behind a chunk, got "b"'],
    ['a size and no line end', '4\n', 'expected the size of a chunk'],
    ['a line end within the line', '4;a\rb\r\n', 'expected the size of a chunk'],
    ['a blank before what follows the size', '4 ;a\r\n', 'expected the size of a chunk'],
    ['a long line', `4;${'x'.repeat(CHUNK_LINE_LIMIT_BYTES)}\r\n`, `more than ${CHUNK_LINE_LIMIT_BYTES} bytes`],
    ['more around the chunks than in them', `1;${'x'.repeat(1000)}\r\na\r\n`.repeat(20), 'more overhead than content'],
    ['a line that is no field behind the last', '0\r\nX\r\n\r\n', 'expected a header field, got "X"'],
    ['too much behind the last', `0\r\nX: ${'y'.repeat(5000)}\r\n\r\n`, 'more than 4096 bytes'],
  ])('in chunks is refused with %s', (_, body, message) => {
    expect(() => rewrite([Buffer.from(`${HEAD}Transfer-Encoding: chunked\n\n${body}`)])).toThrow(message)
  })

  it('is seen as far as it is one', () => {
    const rewriter = new AnswerRewriter()
    rewriter.begin()
    const { failure, seen } = rewriter.rewrite(Buffer.from(`${HEAD}Transfer-Encoding: chunked\n\n1\r\na\r\nx\r\n`))
    expect(seen.toString()).toBe(`${PLAIN}transfer-encoding: chunked\r\n\r\n1\r\na\r\n`)
    expect(failure?.message).toContain('expected the size of a chunk, got "x')
  })

  it('is refused as soon as its first line is no status line, or its head is too long', () => {
    expect(() => rewrite([Buffer.from('hello\r\n')])).toThrow(
      'the answer is not HTTP: expected a status line, got "hello"',
    )
    const long = Buffer.from(`${HEAD}Y: ${'y'.repeat(HEAD_LIMIT_BYTES)}`)
    expect(() => rewrite([long])).toThrow(`more than ${HEAD_LIMIT_BYTES} bytes`)
  })
})
