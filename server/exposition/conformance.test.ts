// OpenMetrics 1.0, rule by rule and under the headings of its text: what is valid is read, and nothing else. Each text
// stands for itself and a last line `# EOF`, except under "Overall Structure".
//
// Where others read more than the text allows, the text counts. Prometheus's own parser looks at single lines, and takes
// exemplars on counts, infos without `_info` and families in pieces. The text's own example of exemplars has two spaces
// before a value, which its grammar doesn't. client_python takes an exemplar beyond its bucket. As client_python does,
// and the text leaves open, a family's name counts as taken even where its samples have longer ones, and a repeated line
// of metadata is refused though both be empty.
import { describe, expect, it } from 'vitest'
import { ExpositionError } from './exposition-error'
import { OPENMETRICS_CONTENT_TYPE } from './format'
import { parseExposition } from './parse'

type Rule = { valid: string[]; invalid: string[] }

const counter = (rest: string) => `# TYPE a counter\n${rest}`
const histogram = (rest: string) => `# TYPE a histogram\n${rest}`
const gaugeHistogram = (rest: string) => `# TYPE a gaugehistogram\n${rest}`
const summary = (rest: string) => `# TYPE a summary\n${rest}`
const inf = 'a_bucket{le="+Inf"} 1\n'
const each = (values: string[], line: (value: string) => string) => values.map(line)

const NO_NUMBERS = [
  ...[
    '',
    ' ',
    'a',
    '1_2',
    '0x1',
    '0X1',
    '0x1p-3',
    '0x1P-3',
    '0b1',
    '0B1',
    '0o1',
    '0O1',
    '1z',
    '1.1.1',
    '.',
    '-',
    '+-1',
  ],
  ...['e1', '1e', '1e+', '1e1.5', '- 1', '1,5', 'True', 'nil', '١'],
]
const REAL_NUMBERS = ['1', '0', '-0', '+1', '0042', '1.', '.5', '-.5', '1.5e3', '1E-3', '1e+30', '.5e1', '1.e2']

const RULES: Record<string, Rule> = {
  Values: {
    valid: each([...REAL_NUMBERS, 'NaN', 'nan', 'nAn', '+Inf', '-inf', 'INFINITY', '+Infinity'], (n) => `a ${n}\n`),
    invalid: each([...NO_NUMBERS, '+NaN', '-nan', 'infinit', 'nanx', '1e999', '-1e309'], (n) => `a ${n}\n`),
  },
  Timestamps: {
    valid: each([...REAL_NUMBERS, '-1520879607.789', '12345678901234567890.1234567890'], (t) => `a 1 ${t}\n`),
    invalid: each([...NO_NUMBERS, 'NaN', 'Inf', '+Inf', '-inf', 'infinity', '1e999'], (t) => `a 1 ${t}\n`),
  },
  Strings: {
    valid: ['a{b="\0"} 1\n', '# HELP a he\0lp\n', 'a{b=""} 1\n', 'a{b="\u{10ffff}\ud7ff\ue000"} 1\n'],
    invalid: ['a{b="\ud800"} 1\n', '# HELP a \udc00\n', 'a 1 # {b="\udfff\ud800"} 1\n'],
  },
  'Label and LabelSet': {
    valid: ['a{} 1\n', 'a{_b="c"} 1\n', 'a{b="1",B="2",b9_="3"} 1\n', 'a{b=""} 1\na{b="c"} 1\n'],
    invalid: [
      ...['a{b="1",b="1"} 1\n', 'a{b="1",c="2",b="3"} 1\n', 'a{9b="1"} 1\n', 'a{b-c="1"} 1\n', 'a{b:c="1"} 1\n'],
      ...[
        'a{b=1} 1\n',
        "a{b='1'} 1\n",
        'a{b="1} 1\n',
        'a{b} 1\n',
        'a{b"1"} 1\n',
        'a{""} 1\n',
        'a{="1"} 1\n',
        'a{b=} 1\n',
      ],
      ...[
        'a{b="1"c="2"} 1\n',
        'a{b="1",,c="2"} 1\n',
        'a{b="1",} 1\n',
        'a{,} 1\n',
        'a{,b="1"} 1\n',
        'a{b="1"\n',
        'a{\n',
      ],
      ...['a{ b="1"} 1\n', 'a{b="1" } 1\n', 'a{b ="1"} 1\n', 'a{b= "1"} 1\n', 'a{b="1", c="2"} 1\n', 'a {b="1"} 1\n'],
      ...['a{b="1"}1\n', 'a{b="1"}\t1\n', 'a{b="\n"} 1\n', 'a{{b="1"}} 1\n', 'a{b="1"}} 1\n', 'a{{}} 1\n', 'a} 1\n'],
    ],
  },
  Exemplars: {
    valid: [
      counter('a_total 1 # {} 0.5\n'),
      counter('a_total{} 1 123 # {b="c"} -0.5 -1.5\n'),
      counter('a_total 1 # {b="# {"} NaN\n'),
      counter(`a_total 1 # {b="${'c'.repeat(127)}"} 1\n`),
      counter(`a_total 1 # {b="${'\u{1f600}'.repeat(127)}"} 1\n`),
      histogram('a_bucket{le="1"} 1 # {b="c"} 1\na_bucket{le="+Inf"} 1 # {b="c"} 1e9 1\n'),
      gaugeHistogram('a_bucket{le="-1"} 1 5 # {} -1.5\na_bucket{le="+Inf"} 1 5\n'),
    ],
    invalid: [
      ...each(
        ['#', '# {}', '# {} ', '#{} 1', '# {}1', '# {} 1 ', '# {} 1 1 ', '# {} 1 1 1', '# 1', '# {b} 1'],
        (text) => counter(`a_total 1 ${text}\n`),
      ),
      ...each(
        ['# {b=1} 1', '# {b="c",} 1', '#  {} 1', '# {}  1', '# {} 1  1', '{} 1', '# a{} 1', '# {"b"} 1'],
        (text) => counter(`a_total 1 ${text}\n`),
      ),
      ...each(['z', '1_2', '0x1p-3', '1e999'], (value) => counter(`a_total 1 # {} ${value}\n`)),
      ...each(['NaN', '-Inf', 'z', '0x1'], (time) => counter(`a_total 1 # {} 1 ${time}\n`)),
      ...[counter('a_total 1# {} 1\n'), counter('a_total 1  # {} 1\n'), counter('a_total # {} 1\n')],
      counter(`a_total 1 # {b="${'c'.repeat(128)}"} 1\n`),
      counter(`a_total 1 # {b="${'c'.repeat(60)}",d="${'e'.repeat(67)}"} 1\n`),
      counter('a_total 1 # {b="c",b="c"} 1\n'),
    ],
  },
  'Exemplars on other types and samples': {
    valid: [],
    invalid: [
      ...each(['gauge', 'unknown'], (type) => `# TYPE a ${type}\na 1 # {} 1\n`),
      ...[
        '# TYPE a info\na_info 1 # {} 1\n',
        '# TYPE a stateset\na{a="b"} 1 # {} 1\n',
        'a_bucket{le="+Inf"} 1 # {} 1\n',
      ],
      counter('a_total 1\na_created 1 # {} 1\n'),
      ...[histogram(`${inf}a_count 1 # {} 1\na_sum 1\n`), histogram(`${inf}a_count 1\na_sum 1 # {} 1\n`)],
      ...[gaugeHistogram(`${inf}a_gcount 1 # {} 1\na_gsum 1\n`), gaugeHistogram(`${inf}a_gcount 1\na_gsum 1 # {} 1\n`)],
      ...each(['a_sum', 'a_count', 'a{quantile="0.5"}'], (sample) => summary(`${sample} 1 # {} 1\n`)),
    ],
  },
  Metric: {
    valid: ['a 1 1\na 2 2\n', 'a 1 -2\na 1 -1\n', 'a 1 1\na{b="c"} 1 0\n', 'a 1 1.0000000001\na 2 1.0000000002\n'],
    invalid: [
      ...['a 1\na 1\n', 'a 1\na{} 1\n', 'a{b="1",c="2"} 1\na{c="2",b="1"} 1\n', 'a{b="\\"} 1\na{b="\\\\"} 1\n'],
      ...['a 1 1\na 1 1\n', 'a 1 2\na 1 1\n', 'a 1 -1\na 1 -2\n', 'a 1\na 1 1\n', 'a 1 1\na 1\n', 'a 1 1\na 1 1.0\n'],
    ],
  },
  Name: {
    valid: ['_a 1\n', ':a:b 1\n', 'a9 1\n', 'A_b:C 1\n', 'some:aggregate:rate5m{a_b="c"} 1\n'],
    invalid: [
      '9a 1\n',
      'a.b 1\n',
      'a-b 1\n',
      'é 1\n',
      '# TYPE 9a gauge\n',
      '# HELP a.b c\n',
      '# TYPE a-b gauge\n',
      '{} 1\n',
    ],
  },
  Suffixes: {
    valid: [
      '# TYPE a gauge\na_total 1\n',
      '# TYPE a_total gauge\na_total 1\n',
      '# TYPE a gauge\n# TYPE a_info gauge\n',
      '# TYPE a counter\n# TYPE a_sum counter\n',
      '# TYPE a histogram\n# TYPE a_total counter\n',
    ],
    invalid: [
      ...[
        '# TYPE a counter\n# TYPE a counter\n',
        '# TYPE a info\n# TYPE a counter\n',
        '# TYPE a_created gauge\n# TYPE a counter\n',
      ],
      ...[
        '# TYPE a counter\n# TYPE a_total gauge\n',
        '# TYPE a counter\n# HELP a_created b\n',
        'a_sum 1\n# TYPE a summary\n',
      ],
      ...['# TYPE a histogram\n# TYPE a_bucket gauge\n', '# TYPE a_gcount gauge\n# TYPE a gaugehistogram\n'],
      ...[
        '# TYPE a info\n# TYPE a_info gauge\n',
        'a_info 1\n# TYPE a info\n',
        counter('a_total 1\n# HELP a_total b\n'),
      ],
    ],
  },
  Unit: {
    valid: ['# UNIT a_seconds seconds\n', '# UNIT a_b_c b_c\n', '# UNIT a \n', '# TYPE a_s info\n# UNIT a_s \n'],
    invalid: [
      ...['# UNIT \n', '# UNIT a\n', '# UNIT a seconds\n', '# UNIT aseconds seconds\n', '# UNIT seconds seconds\n'],
      ...[
        '# UNIT a_seconds seconds \n',
        '# UNIT a_s  s\n',
        '# UNIT a_s s s\n',
        '# UNIT "a_b c" b c\n',
        '# UNIT a_s é\n',
      ],
      ...['# TYPE a_s info\n# UNIT a_s s\n', '# UNIT a_s s\n# TYPE a_s info\n', '# TYPE a_s stateset\n# UNIT a_s s\n'],
      ...['# TYPE a_total counter\n# UNIT a_total seconds\n', '# TYPE a counter\n# UNIT a total\na_total 1\n'],
    ],
  },
  Gauge: { valid: ['# TYPE a gauge\na -17.5\na{b="c"} NaN\n', '# TYPE a gauge\n'], invalid: [] },
  Counter: {
    valid: [
      ...each(['0', '1', '1.5', '9223372036854775808', '1e300', '+Inf'], (total) => counter(`a_total ${total}\n`)),
      ...[counter('a_total 1 2\na_created 1 2\n'), counter('a_created -1.5\na_total 1\n'), counter('')],
    ],
    invalid: [
      ...each(['-1', 'NaN', '-Inf', '-0.1'], (total) => counter(`a_total ${total}\n`)),
      ...each(['NaN', 'Inf', '-Inf'], (time) => counter(`a_total 1\na_created ${time}\n`)),
      ...[
        counter('a 1\n'),
        counter('a_created 1\n'),
        counter('a_total 1\na_total 1\n'),
        counter('a_total 1\na_created{b="c"} 1\n'),
      ],
    ],
  },
  StateSet: {
    valid: ['# TYPE a stateset\na{a="x"} 0\na{a="y"} 1.0\na{a="z",b="c"} 1\n', '# TYPE a stateset\na{a=""} 0\n'],
    invalid: [
      ...each(['2', '0.5', '-1', 'NaN', '+Inf'], (value) => `# TYPE a stateset\na{a="b"} ${value}\n`),
      ...['# TYPE a stateset\na 0\n', '# TYPE a stateset\na{b="c"} 0\n', '# TYPE a stateset\na{a="b"} 0\na{a="b"} 0\n'],
      '# TYPE a stateset\na{a="x",b="1"} 0\na{a="x",b="2"} 0\na{a="y",b="1"} 0\n',
    ],
  },
  Info: {
    valid: [
      '# TYPE a info\na_info 1\n',
      '# TYPE a info\na_info{b="c"} 1.0\na_info{b="d"} 1\n',
      '# TYPE a info\na_info{a="1",b="c"} 1 1\na_info{a="2",b="c"} 1 0\n',
    ],
    invalid: [
      ...each(['0', '2', '1.5', 'NaN'], (value) => `# TYPE a info\na_info ${value}\n`),
      ...['# TYPE a info\na 1\n', '# TYPE a info\na_info{b="c",b="d"} 1\n', '# TYPE a info\na_info 1\na_info 1\n'],
    ],
  },
  Histogram: {
    valid: [
      histogram(inf),
      histogram(''),
      histogram('a_bucket{le="1"} 1.0\na_bucket{le="+Inf"} 3.0\na_count 3.0\na_sum 2.5\na_created 1.5\n'),
      histogram(`a_sum 1\na_count 1\n${inf}`),
      histogram('a_bucket{le="-1.0"} 0\na_bucket{le="1.0"} 1\na_bucket{le="+Inf"} 3\n'),
      histogram(`${inf}a_created 1\n`),
      histogram(`${inf}a_count 1\na_sum +Inf\n`),
    ],
    invalid: [
      ...each(['NaN', '-1', '0.5', '+Inf'], (value) => histogram(`a_bucket{le="+Inf"} ${value}\n`)),
      ...each(['NaN', '-1', '0.5', '2'], (value) => histogram(`${inf}a_count ${value}\na_sum 1\n`)),
      ...each(['NaN', '-1'], (value) => histogram(`${inf}a_count 1\na_sum ${value}\n`)),
      ...each(['NaN', 'x', '', 'Inf', '+INF', '+inf', '1e999', ' 1'], (le) =>
        histogram(`a_bucket{le="${le}"} 0\n${inf}`),
      ),
      ...[
        histogram('a_bucket 0\n'),
        histogram('a_bucket{le="1"} 0\n'),
        histogram('a_sum 1\n'),
        histogram('a_count 1\na_sum 1\n'),
      ],
      ...[histogram(`${inf}a_sum 1\n`), histogram(`${inf}a_count 1\n`), histogram(inf + inf), histogram('a 1\n')],
      histogram('a_bucket{le="2"} 0\na_bucket{le="1"} 0\na_bucket{le="+Inf"} 0\n'),
      histogram('a_bucket{le="1"} 0\na_bucket{le="1.0"} 0\na_bucket{le="+Inf"} 0\n'),
      histogram('a_bucket{le="+Inf"} 0\na_bucket{le="1"} 0\n'),
      histogram('a_bucket{le="1"} 2\na_bucket{le="+Inf"} 1\n'),
      histogram('a_bucket{le="-1"} 1\na_bucket{le="+Inf"} 1\na_count 1\na_sum 1\n'),
      histogram(`${inf}a_count{le="1"} 1\na_sum 1\n`),
      histogram('a_bucket{le="1"} 1 # {} 1.5\na_bucket{le="+Inf"} 1\n'),
      histogram('a_bucket{le="1"} 1 # {} NaN\na_bucket{le="+Inf"} 1\n'),
    ],
  },
  GaugeHistogram: {
    valid: [
      gaugeHistogram(inf),
      gaugeHistogram(`${inf}a_gcount 1\na_gsum 0.5\n`),
      gaugeHistogram('a_bucket{le="-1.0"} 1\na_bucket{le="1.0"} 2\na_bucket{le="+Inf"} 3\na_gcount 3\na_gsum -5\n'),
    ],
    invalid: [
      ...each(['NaN', '-1', '0.5'], (value) => gaugeHistogram(`a_bucket{le="+Inf"} ${value}\n`)),
      ...each(['NaN', '-1'], (value) => gaugeHistogram(`${inf}a_gcount 1\na_gsum ${value}\n`)),
      ...[gaugeHistogram('a_bucket 0\n'), gaugeHistogram('a_gsum 1\n'), gaugeHistogram('a_gcount 1\na_gsum 1\n')],
      ...[
        gaugeHistogram(`${inf}a_gsum 1\n`),
        gaugeHistogram(`${inf}a_gcount 1\n`),
        gaugeHistogram(`${inf}a_gcount 2\na_gsum 1\n`),
      ],
      gaugeHistogram(`${inf}a_gcount{le="1"} 1\na_gsum 1\n`),
    ],
  },
  Summary: {
    valid: [
      summary('a_count 17.0\na_sum 324789.3\na_created 1520430000.123\n'),
      summary('a{quantile="0.95"} 123.7\na{quantile="0.5"} NaN\n'),
      ...[summary('a_count 1\n'), summary('a_sum 1\n'), summary('a_created 1\n'), summary('')],
      summary('a{quantile="0"} 0\na{quantile="1.0"} 1\na{quantile="5e-1"} +Inf\n'),
    ],
    invalid: [
      ...each(['NaN', '-1', '0.5', '+Inf'], (value) => summary(`a_count ${value}\n`)),
      ...each(['NaN', '-1'], (value) => summary(`a_sum ${value}\n`)),
      ...each(['-1', '1.01', 'NaN', 'x', '', '+Inf'], (quantile) => summary(`a{quantile="${quantile}"} 0\n`)),
      ...[summary('a 0\n'), summary('a{quantile="0.5"} -1\n'), summary('a_sum{quantile="0.5"} 1\n')],
      ...[
        summary('a{quantile="0.5"} 1\na{quantile="0.5"} 1\n'),
        summary('a{quantile="0.5"} 1\na{quantile="0.50"} 1\n'),
      ],
    ],
  },
  Unknown: { valid: ['# TYPE a unknown\na 42.23\n', 'a_total 1\na_count 2\n'], invalid: ['# TYPE a untyped\na 1\n'] },
  Escaping: {
    valid: ['a{b="\\\\ \\" \\n \\x \\t"} 1\n', '# HELP a \\\\ \\" \\n \\x\n', '# HELP a b\rc\n', 'a{b="\r\t"} 1\n'],
    invalid: ['a{b="""} 1\n', 'a{b="\\"} 1\n', '# HELP a "\n', '# HELP a \\\n', '# HELP a \\\\\\\n'],
  },
  MetricFamily: {
    valid: [
      'a 1\nb 1\n',
      '# TYPE a gauge\n# TYPE b gauge\nb 1\n',
      counter('a_total{b="1"} 1\na_total{b="2"} 1\nb 1\n'),
    ],
    invalid: [
      'a 1\nb 1\na{c="d"} 1\n',
      'a 1\n\nb 1\n',
      '\na 1\n',
      'a 1\n \nb 1\n',
      '# TYPE a gauge\n# TYPE b gauge\na 1\n',
    ],
  },
  'MetricFamily metadata': {
    valid: [
      '# HELP a b\n# UNIT a \n# TYPE a gauge\n',
      '# HELP a \n# UNIT a \n',
      ...each(
        ['counter', 'gauge', 'histogram', 'gaugehistogram', 'stateset', 'info', 'summary', 'unknown'],
        (type) => `# TYPE a ${type}\n`,
      ),
      '# HELP a # TYPE a counter\n',
    ],
    invalid: [
      ...[
        '#\n',
        '# a\n',
        '#a\n',
        '# TYPES a gauge\n',
        '# type a gauge\n',
        '#TYPE a gauge\n',
        '#  TYPE a gauge\n',
        ' # TYPE a gauge\n',
      ],
      ...[
        '# TYPE\n',
        '# TYPE \n',
        '# TYPE a\n',
        '# TYPE a \n',
        '# TYPE a meh\n',
        '# TYPE a Gauge\n',
        '# TYPE a gauge \n',
        '# TYPE  a gauge\n',
      ],
      ...[
        '# TYPE a\tgauge\n',
        '# TYPE a gauge gauge\n',
        '# HELP\n',
        '# HELP \n',
        '# HELP a\n',
        '# HELP a\tb\n',
        '# HELP  a b\n',
        '#\tHELP a b\n',
      ],
      ...[
        '# HELP a b\n# HELP a b\n',
        '# TYPE a gauge\n# TYPE a gauge\n',
        '# UNIT a_s s\n# UNIT a_s s\n',
        '# HELP a \n# HELP a \n',
      ],
      ...[
        'a 1\n# TYPE a gauge\n',
        '# TYPE a gauge\na 1\n# HELP a b\n',
        '# TYPE a_s gauge\na_s 1\n# UNIT a_s s\n',
        'a 1\n# comment\n',
      ],
      ...['a 1\nb 1\n# HELP a c\n', '# HELP a b\n# HELP c d\n# TYPE a gauge\n'],
    ],
  },
  'Metric and MetricPoint in the text': {
    valid: [
      summary(
        'a_count{b="1"} 0 1\na_sum{b="1"} 0 1\na_count{b="1"} 0 2\na_sum{b="1"} 0 2\na_count{b="2"} 0 1\na_sum{b="2"} 0 1\n',
      ),
      histogram('a_bucket{le="+Inf",b="1",c="2"} 1\na_sum{c="2",b="1"} 1\na_count{b="1",c="2"} 1\n'),
    ],
    invalid: [
      summary('a_count{b="1"} 0 1\na_count{b="2"} 0 1\na_count{b="1"} 0 2\na_count{b="2"} 0 2\n'),
      summary('a_count{b="1"} 0 1\na_count{b="1"} 0 2\na_sum{b="1"} 0 1\na_sum{b="1"} 0 2\n'),
      summary('a_sum{b="1"} 0\na_sum{b="2"} 0\na_count{b="1"} 0\n'),
      summary('a{quantile="0"} 0\na_sum{b="1"} 0\na{quantile="1"} 0\n'),
      histogram('a_bucket{b="1",le="+Inf"} 0\na_bucket{b="2",le="+Inf"} 0\na_sum{b="1"} 0\na_count{b="1"} 0\n'),
      gaugeHistogram('a_bucket{b="1",le="+Inf"} 0\na_bucket{b="2",le="+Inf"} 0\na_gsum{b="1"} 0\na_gcount{b="1"} 0\n'),
    ],
  },
  'Sample lines': {
    valid: ['a 1\n', 'a{} 1\n', 'a{b="c"} 1 1\n'],
    invalid: [
      ...[
        ' a 1\n',
        '\ta 1\n',
        'a\n',
        'a \n',
        'a  1\n',
        'a\t1\n',
        'a 1 \n',
        'a 1\t\n',
        'a 1  1\n',
        'a 1 1 \n',
        'a 1 1 1\n',
      ],
      ...['a 1\r\n', 'a 1\u00a0\n', '\ufeffa 1\n', 'a 1 1\r\n', 'a= 1\n', 'a b 1\n', '"a" 1\n', '{a="b"} 1\n'],
    ],
  },
  'Canonical Numbers, which are not demanded of what is read': {
    valid: each(['0', '0.0', '1.1e-4', '0.00000000001', '1e-05', '10000000000', '1E3', '+1', '.5', '1.'], (le) =>
      histogram(`a_bucket{le="${le}"} 0\n${inf}`),
    ),
    invalid: [],
  },
  'Names of Prometheus 3, which are no part of the text': {
    valid: [
      ...[
        '{"a"} 1\n',
        '{"a.b"} 1\n',
        '{"a b",c="d"} 1\n',
        'a{"b.c"="d"} 1\n',
        '{c="d","a.b"} 1\n',
        '{"a\\"\\\\\\nb"} 1\n',
      ],
      '# TYPE "a.b" counter\n# HELP "a.b" c\n{"a.b_total","d.e"="f"} 1 # {"g.h"="i"} 1\n',
      '# TYPE "a.b_s" histogram\n# UNIT "a.b_s" s\n{"a.b_s_bucket",le="+Inf"} 1\n',
    ],
    invalid: [
      ...[
        '{""} 1\n',
        '{"a","b"} 1\n',
        'a{"b"} 1\n',
        '{"a" ,b="c"} 1\n',
        '{"a",} 1\n',
        '{"a"b="c"} 1\n',
        'a{""="b"} 1\n',
      ],
      ...['{"a} 1\n', '"a"{b="c"} 1\n', '# TYPE "a gauge\n', '# TYPE "" gauge\n', '{"a"} 1\na 1\n'],
    ],
  },
}

for (const [heading, { valid, invalid }] of Object.entries(RULES)) {
  describe(heading, () => {
    it.each(valid)('reads %j', (text) => {
      expect(() => parse(`${text}# EOF\n`)).not.toThrow()
    })
    it.each(invalid)('refuses %j', (text) => {
      expect(() => parse(`${text}# EOF\n`)).toThrow(ExpositionError)
    })
  })
}

describe('Overall Structure', () => {
  it.each(['# EOF', '# EOF\n', 'a 1\n# EOF'])('reads %j', (text) => {
    expect(() => parse(text)).not.toThrow()
  })
  it.each([
    ...[
      '',
      '\n',
      'a 1',
      'a 1\n',
      'a 1# EOF\n',
      '#EOF\n',
      '# eof\n',
      '#  EOF\n',
      '# EOF ',
      '# EOF\r\n',
      ' # EOF\n',
      '# EO',
    ],
    ...[
      '# EOF\n\n',
      '# EOF\na 1\n',
      '# EOFa',
      '# EOF\n# EOF\n',
      '# TYPE a gauge',
      '\ufeff# EOF\n',
      '\n# EOF\n',
      'a 1\r\n# EOF\n',
    ],
  ])('refuses %j', (text) => {
    expect(() => parse(text)).toThrow(ExpositionError)
  })
})

function parse(text: string) {
  return parseExposition(text, OPENMETRICS_CONTENT_TYPE)
}
