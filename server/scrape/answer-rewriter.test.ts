import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AnswerRewriter, HEAD_LIMIT_BYTES } from './answer-rewriter'

/** What comes out where the answer comes in these pieces. */
function rewrite(pieces: readonly Buffer[], rewriter = new AnswerRewriter()): string {
  rewriter.begin()
  return Buffer.concat(pieces.map((piece) => rewriter.rewrite(piece))).toString('latin1')
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
      `${PLAIN}transfer-encoding: chunked\r\n\r\n2\r\na\n\r\n0a\r\n\r\n456789\r\n\r\n0\r\nX: y\r\n\r\n`,
    ],
    ['behind others', `HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 102 P\r\n\r\n${HEAD}\n`, `${PLAIN}\r\n`],
  ])('%s is the same, whatever pieces it comes in', (_, text, expected) => {
    const bytes = Buffer.from(text)
    expect(rewrite([bytes])).toBe(expected)
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: bytes.length })), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length]
        expect(rewrite(places.slice(1).map((end, i) => bytes.subarray(places[i], end)))).toBe(expected)
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
    expect(new AnswerRewriter().rewrite(Buffer.from(HEAD)).toString()).toBe(HEAD)
  })

  it('is refused as soon as its first line is no status line, or its head is too long', () => {
    expect(() => rewrite([Buffer.from('hello\r\n')])).toThrow(
      'the answer is not HTTP: expected a status line, got "hello"',
    )
    const long = Buffer.from(`${HEAD}Y: ${'y'.repeat(HEAD_LIMIT_BYTES)}`)
    expect(() => rewrite([long])).toThrow(`more than ${HEAD_LIMIT_BYTES} bytes`)
  })
})
