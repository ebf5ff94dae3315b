// For tests: whole HTTP answers, by what is odd about them.
import { gzipSync } from 'node:zlib'
import type { Answer } from './scraped-by-both'

const TYPE = 'Content-Type: text/plain; version=0.0.4'
const BODY = 'a 1\n'
const CHUNKED = '4\r\na 1\n\r\n0\r\n\r\n'

/** Lines of a head, and the body. */
const answer = (lines: readonly string[], body: string | Buffer = BODY): Buffer =>
  Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), Buffer.from(body)])
const withFields = (fields: readonly string[], body?: string | Buffer) =>
  answer(['HTTP/1.1 200 OK', TYPE, ...fields], body)
/** Of the type of a field, which comes first in the head. */
const withType = (type: string | undefined, body = BODY) =>
  answer(['HTTP/1.1 200 OK', ...(type === undefined ? [] : [`Content-Type:${type}`])], body)
const withStatus = (line: string) => answer([line, TYPE])

/** Redirects so often, and answers then. */
const redirecting =
  (times: number): Answer =>
  (path) => {
    const [, index, left = String(times)] = path.split('/')
    if (left === '0') return withFields([])
    return answer(['HTTP/1.1 302 Found', `Location: /${index}/${Number(left) - 1}`, 'Content-Length: 0'], '')
  }

const TYPES = [
  ...[
    '',
    ' ',
    ' text/plain',
    ' text/plain;',
    ' text/plain; ',
    ' text/plain;;',
    ' text/plain; version',
    ' text/plain; =x',
  ],
  ...[
    ' text/plain; version=',
    ' text/plain; a b',
    ' text/plain; a=b; a=b',
    ' text/plain; a=b; A=c',
    ' text/plain, x/y',
  ],
  ...[
    ' text/plain/x',
    ' text plain',
    ' text/ plain',
    ' TEXT/PLAIN',
    ' text',
    ' text/',
    ' /plain',
    ' text/html',
    ' */*',
  ],
  ...[
    ' application/json',
    ' text/plain; c="utf-8"',
    ' text/plain; c="utf-8',
    ' text/plain; c=utf-8"',
    ' text/plain; c=ä',
  ],
  ...[' text/plain; c="a\\"b"', ' text/plain; c="a\\zb"', ' text/plain; c="a\\\\"', " text/plain; c*=utf-8''x"],
  ...[
    ' text/plain; c*0=a; c*1=b',
    ' text/plain ; v=1 ; w=2',
    ' text/plain; v = 1',
    ' text/plain; v=a/b',
    ' "text/plain"',
  ],
  ...[' text/plain; v="a,b"', ' text/plain;\tv=1', '\ttext/plain\t', ' text/plain; v="a" b', ' text/plain; v="a";'],
  ...[
    ' text/plain ;; a=b',
    ' text/plain; a=b;;',
    ' text/plain;\u00a0v=1',
    ' \u00a0text/plain',
    ' application/openmetrics',
  ],
]

export const answers: Record<string, Answer[]> = {
  'Content-Types': [undefined, ...TYPES].map((type) => withType(type)),
  'Content-Types of OpenMetrics': [
    ...[' application/openmetrics-text', ' application/openmetrics-text; version=9', ' Application/OpenMetrics-Text'],
  ].map((type) => withType(type, 'a 1\n# EOF\n')),
  'no body, which may be of any type': [
    ...[withType(undefined, ''), withType(' text/html', ''), withType(' application/openmetrics-text', '')],
    withType(' text/plain; version', ''),
  ],
  'more than the Content-Length': [withFields(['Content-Length: 4'], `${BODY}HTTP/1.1 200 OK`)],
  'two Content-Types': [
    answer(['HTTP/1.1 200 OK', 'Content-Type: text/html', TYPE]),
    answer(['HTTP/1.1 200 OK', TYPE, 'Content-Type: text/html']),
  ],
  'heads with bare line feeds': [
    ...[`HTTP/1.1 200 OK\n${TYPE}\n\n${BODY}`, `HTTP/1.1 200 OK\n${TYPE}\r\n\n${BODY}`],
    ...[`HTTP/1.1 200 OK\r\n${TYPE}\n\r\n${BODY}`, `HTTP/1.1 200 OK\r\n${TYPE}\r\n\n${BODY}`],
    `HTTP/1.1 200 OK\r${TYPE}\r\r${BODY}`,
  ],
  'lines before the head': [`\r\n${withFields([])}`, `\n${withFields([])}`, ` ${withFields([])}`],
  'Content-Lengths': [
    ...['4', '04', '+4', '-4', '0x4', '', 'x', '3', '5', '0', '4,4', '4, 4', '4 4', '99999999999999999999'].map(
      (length) => withFields([`Content-Length: ${length}`]),
    ),
    ...[withFields(['Content-Length: 4', 'Content-Length: 4']), withFields(['Content-Length: 4', 'Content-Length: 5'])],
    ...[withFields(['Content-Length: 4 '], `${BODY}b 2\n`), withFields(['Content-Length:', 'Content-Length: 4'])],
  ],
  'Transfer-Encodings': [
    ...['chunked', 'Chunked', '  chunked ', 'chunked, chunked', 'gzip, chunked', 'identity', 'x', ''].map((coding) =>
      withFields([`Transfer-Encoding: ${coding}`], CHUNKED),
    ),
    withFields(['Content-Length: 4', 'Transfer-Encoding: chunked'], CHUNKED),
    withFields(['Transfer-Encoding: chunked', 'Content-Length: 4'], CHUNKED),
    withFields(['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'], CHUNKED),
    answer(['HTTP/1.0 200 OK', TYPE, 'Transfer-Encoding: chunked'], CHUNKED),
    answer(['HTTP/1.0 200 OK', TYPE, 'Transfer-Encoding: chunked']),
  ],
  chunks: [
    ...['4\na 1\n\n0\n\n', '4\r\na 1\n\r\n0\r\n', '4\r\na 1\n\r\n0\r\nX: y\r\n\r\n', '4;x=y\r\na 1\n\r\n0\r\n\r\n'],
    ...['4 \r\na 1\n\r\n0\r\n\r\n', '4\r\na 1\n0\r\n\r\n', '4\r\na 1\n\r\n', '04\r\na 1\n\r\n00\r\n\r\n', 'x\r\na 1\n'],
    ...[
      '2\r\na \r\n2  \r\n1\n\r\n0\r\n\r\n',
      '5\r\na 1\n\r\n0\r\n\r\n',
      '3\r\na 1\n\r\n0\r\n\r\n',
      '-4\r\na 1\n\r\n0\r\n\r\n',
    ],
    ...[`\r\n${CHUNKED}`, ` ${CHUNKED}`, `${CHUNKED}rest`, '4\r\na 1\n\n0\r\n\r\n', '0x4\r\na 1\n\r\n0\r\n\r\n'],
  ].map((body) => withFields(['Transfer-Encoding: chunked'], body)),
  'chunks with much around them': [
    ...['4;x="y;z"', '4 ; y', '4;a\rb', '0000000000000004', '00000000000000004', `4;${'x'.repeat(4090)}`, '4;\0'].map(
      (size) => `${size}\r\na 1\n\r\n0\r\n\r\n`,
    ),
    `${[...BODY.repeat(40)].map((character) => `1;${'x'.repeat(1000)}\r\n${character}\r\n`).join('')}0\r\n\r\n`,
  ].map((body) => withFields(['Transfer-Encoding: chunked'], body)),
  'what follows the last chunk': [
    ...['X Y: z\r\n\r\n', 'X : y\r\n\r\n', 'X: y\r\n z\r\n\r\n', ' X: y\r\n\r\n', 'Content-Length: 9\r\n\r\n'],
    ...['X\r\n\r\n', 'X: y\n\n', 'X: y\n\r\n\r\n', 'X: y\r\n', '\n', 'X: \x01\r\n\r\n', 'X(: y\r\n\r\n'],
    ...[3000, 5000].map((length) => `X: ${'y'.repeat(length)}\r\n\r\n`),
  ].map((rest) => withFields(['Transfer-Encoding: chunked'], `4\r\na 1\n\r\n0\r\n${rest}`)),
  'what a head says of chunks': [
    ...['Content-Length: x', 'Trailer: X', 'Trailer: X, content-length', 'Trailer: Trailer'].map((field) =>
      withFields(['Transfer-Encoding: chunked', field], CHUNKED),
    ),
    ...[withFields(['Trailer: Content-Length']), withFields(['Content-Length:', 'Content-Length:'])],
  ],
  fields: [
    ...['X : y', 'Content-Length : 9', 'X\t: y', 'X: a\r\n b', 'X: a\r\n\tb', ': y', 'noColon', 'X:', 'X: é', 'é: x'],
    ...['X(: y', 'X: a\x00b', 'X: a\x01b', 'X: a\x7fb', 'X: \x0bb', 'X Y: z', 'X: a\rb', 'X[1]: y', 'X"y": z'],
    ...['Connection: close', 'Connection: keep-alive', 'Upgrade: x', 'Content-Length:\r\n 4', 'Trailer: X'],
    ...[`X: ${'y'.repeat(20_000)}`, `X: ${'y'.repeat(900_000)}`],
    Array.from({ length: 3000 }, (_, i) => `X${i}: y`).join('\r\n'),
  ].map((field) => answer(['HTTP/1.1 200 OK', field, TYPE])),
  'Content-Types in odd fields': [
    ...[
      'Content-Type : text/plain',
      'Content-Type:\r\n text/plain',
      'Content-Type: text/plain;\r\n v=1',
      ` X: y\r\n${TYPE}`,
    ],
    ...['content-type: text/plain', 'CONTENT-TYPE: text/plain'],
  ].map((fields) => answer(['HTTP/1.1 200 OK', fields])),
  'status lines': [
    ...['HTTP/1.1 200', 'HTTP/1.1 200 ', 'HTTP/1.1  200 OK', 'HTTP/1.0 200 OK', 'HTTP/1.2 200 OK', 'HTTP/2.0 200 OK'],
    ...['HTTP/2 200 OK', 'HTTP/0.9 200 OK', 'HTTP/9.9 200 OK', 'HTTP/1.10 200 OK', 'http/1.1 200 OK', 'ICY 200 OK'],
    ...[
      'HTTP/1.1 0200 OK',
      'HTTP/1.1 20 OK',
      'HTTP/1.1 2OO OK',
      'HTTP/1.1 200OK',
      'HTTP/1.1\t200 OK',
      'HTTP/1.1 201 OK',
    ],
    ...[
      'HTTP/1.1 204 No',
      'HTTP/1.1 206 Part',
      'HTTP/1.1 304 Not',
      'HTTP/1.1 500 x',
      'HTTP/1.1 999 x',
      'HTTP/1.1 -20 x',
    ],
  ].map(withStatus),
  'answers before the answer': ['100 Continue', '103 Early Hints', '101 Switching Protocols'].map((status) =>
    Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n\r\n`), withFields([])]),
  ),
  'odd answers before the answer': ['Content-Length: 3', 'Content-Length: x', 'Transfer-Encoding: x'].map((field) =>
    Buffer.concat([Buffer.from(`HTTP/1.1 103 Early Hints\r\n${field}\r\n\r\n`), withFields([])]),
  ),
  'answers that end early': [
    ...['', BODY, '\r\n\r\n', 'HTTP/1.1 200 OK', 'HTTP/1.1 200 OK\r\n', `HTTP/1.1 200 OK\r\n${TYPE}\r\n`],
  ],
  'Content-Encodings that are none': [
    ...['identity', '', 'utf-8', 'br', 'deflate', 'none', 'GZIP', 'gzip, identity'].map((coding) =>
      withFields([`Content-Encoding: ${coding}`]),
    ),
    withFields(['Content-Encoding: identity', 'Content-Encoding: gzip']),
  ],
  gzip: [
    withFields(['Content-Encoding: gzip'], gzipSync(BODY)),
    withFields(['Content-Encoding: gzip'], BODY),
    withFields(['Content-Encoding: gzip'], ''),
    withFields(['Content-Encoding: gzip'], gzipSync('')),
    withFields(['Content-Encoding: gzip'], gzipSync(BODY).subarray(0, -3)),
    withFields(['Content-Encoding: gzip'], Buffer.concat([gzipSync(BODY), gzipSync('b 2\n')])),
    withFields(['Content-Encoding: gzip'], Buffer.concat([gzipSync(BODY), Buffer.from('rest')])),
  ],
  redirects: [
    ...[9, 10, 11].map(redirecting),
    answer(['HTTP/1.1 302 F']),
    answer(['HTTP/1.1 302 F', 'Location: ']),
    answer(['HTTP/1.1 300 F', 'Location: /x']),
    ...['/x', '/x y', '/x%zz', '\\x', '/?a=%zz', '/#%', '/x%41'].map(
      (rest): Answer =>
        (path) =>
          /^\/\d+$/.test(path)
            ? answer(['HTTP/1.1 302 F', `Location: ${path}${rest}`, 'Content-Length: 0'], '')
            : withFields([]),
    ),
    answer(['HTTP/1.1 302 F', 'Location: ftp://x/']),
    (path) =>
      path.endsWith('/x')
        ? withFields([])
        : answer(['HTTP/1.1 302 F', `Location: ${path}/x`, 'Transfer-Encoding: chunked'], 'x\r\n'),
  ],
}
