// For tests: expositions as clients write them, and answers as servers do, with a few mistakes made in them; the same for
// the same seed.
import type { Random } from '../../promql/differential/generated-series'
import { mulberry32 } from '../../promql/differential/generated-series'

const HISTOGRAM = `# HELP latency_seconds How long, "in all".
# TYPE latency_seconds histogram
latency_seconds_bucket{route="/a",le="0.1"} 3
latency_seconds_bucket{route="/a",le="1"} 5
latency_seconds_bucket{route="/a",le="+Inf"} 6
latency_seconds_sum{route="/a"} 7.25
latency_seconds_count{route="/a"} 6
`
const TEXT = `# HELP requests_total Requests.\\n
# TYPE requests_total counter
requests_total{method="GET",path="/\\"x\\""} 1027 NOWMS
requests_total{method="POST",path="C:\\\\"} 3
${HISTOGRAM}# TYPE rpc_seconds summary
rpc_seconds{quantile="0.5"} 4e-1
rpc_seconds{quantile="1"} NaN
rpc_seconds_sum 1.7e+3
rpc_seconds_count 2693
# a comment
up_since -Inf
{"with.dots",a="b"} 1
`
const OPENMETRICS = `# HELP requests Requests.
# TYPE requests counter
requests_total{method="GET",path="/\\"x\\""} 1027.0 # {trace_id="ab"} 0.5 NOWS.5
requests_created{method="GET",path="/\\"x\\""} 1520430000.123
${HISTOGRAM}# TYPE temperature_celsius gauge
# UNIT temperature_celsius celsius
temperature_celsius{room="a b"} -3.5 NOWS.25
# TYPE build info
build_info{version="1.0"} 1
{"with.dots","a b"="c"} 1
# EOF
`
const PIECES = [
  ...[
    '"',
    '\\',
    '{',
    '}',
    ',',
    '=',
    '#',
    ' ',
    '  ',
    '\t',
    '\n',
    '\r',
    '0',
    '1',
    '-',
    '+',
    '.',
    'e',
    '_',
    ':',
    'NaN',
    'é',
  ],
  ...['"}', '{}', '="', ',a="b"', '\\n', '\\"', ' 1', ' # {a="b"} 1', '# ', '\n\n', '1e9', '_total', 'le="2",'],
]

const TYPE = 'Content-Type: text/plain; version=0.0.4'
const HTTP = [
  `HTTP/1.1 200 OK\r\n${TYPE}\r\nContent-Length: 8\r\nX-A: b c\r\n\r\na 1\nb 2\n`,
  `HTTP/1.1 200 OK\r\n${TYPE}; charset="utf-8"\r\nTransfer-Encoding: chunked\r\n\r\n4\r\na 1\n\r\n4\r\nb 2\n\r\n0\r\n\r\n`,
  `HTTP/1.0 200 OK\r\n${TYPE}\r\nConnection: close\r\nContent-Encoding: identity\r\n\r\na 1\nb 2\n`,
]
const HTTP_PIECES = [
  ...[
    '\r',
    '\n',
    '\r\n',
    ' ',
    '\t',
    ':',
    ';',
    '=',
    '"',
    '\\',
    '0',
    '4',
    'a',
    ',',
    '/',
    '\0',
    '\x7f',
    'é',
    ' \r\n',
    '-',
    '+',
  ],
  ...['Content-Length: 8\r\n', 'Transfer-Encoding: chunked\r\n', 'HTTP/1.1 200 OK\r\n'],
]

const KINDS = {
  text: { originals: [TEXT], pieces: PIECES, most: 3 },
  openMetrics: { originals: [OPENMETRICS], pieces: PIECES, most: 3 },
  /** Whole answers, head and body. */
  http: { originals: HTTP, pieces: HTTP_PIECES, most: 2 },
}

export function mutantsOf(kind: keyof typeof KINDS, count: number, seed: number): string[] {
  const random = mulberry32(seed)
  const { most, originals, pieces } = KINDS[kind]
  return Array.from({ length: count }, () => {
    let text = pick(originals, random)
    for (let left = between(random, 1, most); left > 0; left--) text = mistaken(text, pieces, random)
    return text
  })
}

function mistaken(text: string, pieces: readonly string[], random: Random): string {
  const lines = text.split('\n')
  const line = between(random, 0, lines.length - 1)
  const at = between(random, 0, text.length - 1)
  switch (between(random, 0, 6)) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1)
    case 1:
    case 2:
      return text.slice(0, at) + pick(pieces, random) + text.slice(at)
    case 3:
      return text.slice(0, at) + pick(pieces, random) + text.slice(at + 1)
    case 4:
      return lines.toSpliced(line, 1).join('\n')
    case 5:
      return lines.toSpliced(between(random, 0, lines.length - 1), 0, lines[line] ?? '').join('\n')
    default:
      return lines
        .toSpliced(line, 1)
        .toSpliced(between(random, 0, lines.length - 2), 0, lines[line] ?? '')
        .join('\n')
  }
}

function pick(choices: readonly string[], random: Random): string {
  return choices[between(random, 0, choices.length - 1)] ?? ''
}

function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1))
}
