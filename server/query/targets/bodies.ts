// For tests: what targets may answer, by what is odd about it. `NOWMS` and `NOWS` stand for the time.

/** Texts, and bytes that are no UTF-8. */
export type Body = string | Buffer

const latin1 = (text: string) => Buffer.from(text, 'latin1')
const each = (words: readonly string[], body: (word: string) => string) => words.map(body)

const BOUNDS = [
  ...['1', '0', '-1', '-0', '1e9', '1e+9', '0x1p-3', '0X1P3', '0x10', '1_000', '0x_1p3', '.5', '5.', '+1', '+Inf'],
  ...['Inf', 'inf', '-inf', 'infinity', 'NaN', 'nan', '+NaN', '1e999', '-1e999', '', 'a', ' 1', '1 ', '1000000'],
  ...['999999', '1234567', '0.0001', '0.00001', '0.000123', '1e-7', '1e21', '123456789012345678', '1e-400', '1.50'],
]
const NUMBERS = [
  ...['NaN', 'nan', '+NaN', '-NaN', 'Inf', '+inf', '-INF', 'infinity', 'infin', '1e999', '1e-999', '0x1', '0x1p1'],
  ...['1_0', '.5', '5.', '.', '+', 'e5', '1e', '1E5', '--1', '1,5', '1a', 'é', '0b1', '00', '٣'],
]
/** One bucket or quantile of a family of that type. */
const bounded = (bound: string, type = 'histogram', series = 'h_bucket', label = 'le') =>
  `# TYPE h ${type}\n${series}{${label}="${bound}"} 1\n`

/** What both formats have in common, but for the last line. */
const common: Record<string, Body[]> = {
  'bounds that are written in many ways': each(BOUNDS, (bound) => bounded(bound)),
  'bounds of other types and names': [
    ...[bounded('1', 'summary', 'h', 'quantile'), bounded('1', 'summary'), bounded('1', 'gauge')],
    ...[bounded('1', 'histogram', 'h', 'quantile'), bounded('1', 'histogram', 'other')],
    ...['# TYPE h histogram\n# HELP g x\ng{le="1"} 1\n', '# TYPE h histogram\n# TYPE g gauge\ng{le="1"} 1\n'],
    ...['a{le="1"} 1\n# TYPE h histogram\na{le="2"} 1\n', 'h{le="1"} 1\n# TYPE h histogram\nh{le="1"} 2\n'],
    '# TYPE h histogram\nh_bucket{"le"="1"} 1\n{"h_bucket",le="2"} 2\n',
  ],
  values: each(NUMBERS, (number) => `a ${number}\nb 1\n`),
  'the same series again': [
    ...['a 1\na 2\n', 'a 1\na 1\n', 'a{x="1"} 1\nb 1\na{x="1"} 2\n', 'a{x="1"} 1\nb 1\na{x="2"} 2\n'],
    '# TYPE h histogram\nh_bucket{le="1"} 1\nh_sum 1\nh_bucket{le="1"} 2\n',
  ],
  'repeated, late and missing metadata': [
    ...[
      '# TYPE a gauge\n# TYPE a counter\na 1\n',
      '# HELP a x\n# HELP a y\na 1\n',
      'a 1\n# TYPE a gauge\n# HELP a x\n',
    ],
    ...['# TYPE a\n', '# TYPE a \n', '# TYPE a foo\na 1\n', '# TYPE a Counter\na 1\n', '# HELP a \na 1\n'],
  ],
  'metadata of odd names': [
    ...['# HELP a.b c\na 1\n', '# TYPE a.b counter\na 1\n', '# HELP 1a c\na 1\n', '# HELP "a b" c\na 1\n'],
    ...['# HELP "" x\na 1\n', '# HELP { x\na 1\n', '# HELP é x\na 1\n', '# HELP aé x\na 1\n', '# HELP "a\nb" x\na 1\n'],
    ...['# TYPE "a b" counter\na 1\n', '# TYPE "a bcounter\na 1\n', '# HELP a\tx\na 1\n', '# HELP "a\0b" x\na 1\n'],
  ],
  'HELP with quotes and backslashes': ['# HELP a "x"\na 1\n', '# HELP a x\\\na 1\n', '# HELP a x\\y\\n\\"\na 1\n'],
  'blanks and commas': [
    ...['a{b="c",} 1\n', 'a{b="c",,} 1\n', 'a{,} 1\n', 'a{b="c" } 1\n', 'a{ b="c"} 1\n', 'a{b="c", d="e"} 1\n'],
    ...['a{b="c"d="e"} 1\n', 'a {b="c"} 1\n', 'a{b="c"}1\n', 'a{b="c"}  1\n', 'a\t1\n', 'a  1\n', 'a 1 \n', ' a 1\n'],
    ...['\ta{b="c"} 1\n', ' {"a"} 1\n', 'a 1\n\nb 1\n', 'a 1\r\n', '\ufeffa 1\n'],
  ],
  'line breaks in odd places': [
    ...['a{b="x\ny"} 1\n', 'a{b="x\n# TYPE z"} 1\nb 2\n', 'a{b="x\\\ny"} 1\n', 'a{b="}\n\n{y",c="}"} 1\nb 1\n'],
    ...['{"a\nb",c="d"} 1\n', 'a{"b\nc"="d"} 1\n', 'a{\nb="c"} 1\n', 'a{b="c",\nd="e"} 1\n', 'a{b="c"}\n1\n', 'a\n1\n'],
  ],
  'names in quotes': [
    ...['{"a"} 1\n', '{"a",} 1\n', '{"a",b="c"} 1\n', '{b="c","a"} 1\n', '{"a","b"} 1\n', 'a{"b"} 1\n', '{} 1\n'],
    ...[
      '{b="c"} 1\n',
      '{""} 1\n',
      'a{""="c"} 1\n',
      'a{"b c"="d"} 1\n',
      '{"a\0b"} 1\n',
      '{"a\\nb"} 1\n',
      '{"a""b"="c"} 1\n',
    ],
  ],
  'labels that come twice or are empty': [
    ...['a{b="1",b="1"} 1\n', 'a{b="1",b="2"} 1\n', 'a{b="",b="1"} 1\n', 'a{b="1",b=""} 1\n', 'a{b=""} 1\n'],
    ...['a{__name__="b"} 1\n', 'a{__name__=""} 1\n', '{"a",__name__="b"} 1\n', 'x 1\nx{a="1",a="2"} 1\ny 1\n'],
  ],
  'labels of the target itself': [
    ...['a{job="x",instance="y"} 1\n', 'a{job=""} 1\n', 'a{job="x",exported_job="z"} 1\n', 'a{__x__="1"} 1\n'],
  ],
  'names that are none': [
    ...['a.b 1\n', ':a 1\n', '9a 1\n', 'é 1\n', 'a{é="1"} 1\n', 'a{b:c="1"} 1\n', 'a{9="1"} 1\n', '__proto__ 1\n'],
    ...['a{__proto__="x"} 1\n', 'constructor{toString="x"} 1\n', 'a{b} 1\n'],
  ],
  'label values that are none': ['a{b="c\\"} 1\n', "a{b='c'} 1\n", 'a{b="c" 1\n', 'a{b="c\n', 'a{b=c} 1\n'],
  NULs: ['a{b="x\0y"} 1\n', 'a\0 1\n', '# HELP a x\0y\na 1\n', '\0a 1\n', 'a 1\n\0b 1\n', '# HELP a\0b x\na 1\n'],
  'bytes that are no UTF-8': [
    ...['a{b="\xff"} 1\n', '# HELP a \xff\na 1\n', '# HELP "a\xff" c\na 1\n', 'a\xff 1\n', 'a 1\xff\n'].map(latin1),
    latin1('a{b="\xed\xa0\x80"} 1\n'),
  ],
  'what fails on the way': ['x 1\ny 2\nz bad\nw 1\n', 'x 1\nx 1\ny bad\n', 'x 1\n# TYPE y foo\nw 1\n'],
  'labels past the limit': each(['60', '61', '62', '130'], (count) => {
    return `b 1\na{${Array.from({ length: Number(count) }, (_, i) => `l${i}="1"`).join(',')}} 1\nc 1\n`
  }),
}

export const texts: Record<string, Body[]> = {
  ...common,
  'nothing, and nearly nothing': [
    '',
    '\n',
    ' ',
    '\t\n \n',
    'a 1',
    '#',
    '# ',
    '# HELP',
    '# HELP ',
    '# HELP a',
    'a',
    'a{',
  ],
  'metadata with blanks': [
    ...['# TYPE  a counter\na 1\n', '# TYPE a counter \na 1\n', '# TYPE a  counter\na 1\n', '# TYPE a\tcounter\na 1\n'],
    ...['#\tTYPE\ta counter\na 1\n', ' # HELP a x\na 1\n', '#TYPE a foo\na 1\n', '# TYPE a counter gauge\na 1\n'],
  ],
  'types of OpenMetrics': ['# TYPE a unknown\na 1\n', '# TYPE a info\na 1\n', '# UNIT a b\na 1\n', '# EOF\na 1\n'],
  timestamps: [
    ...['a 1 NOWMS\n', 'a 1 NOWMS \n', 'a 1 NOWMS x\n', 'a 1 +5\n', 'a 1 -5\n', 'a 1 1.5\n', 'a 1 1e3\n', 'a 1 #c\n'],
    ...[
      'a 1 99999999999999999999\n',
      'a 1 9223372036854775808\n',
      'a 1 NOWMS\na 2 NOWMS\n',
      'a 1 NOWMS\na 2\n',
      'a 1\na 2 NOWMS\n',
    ],
  ],
  'comments that are no UTF-8': ['# \xff\na 1\n', '#\xff\na 1\n'].map(latin1),
}

const openMetrics: Record<string, Body[]> = {
  ...common,
  'counters, infos and others without their suffix': [
    ...['# TYPE a_total counter\na_total 1\n', '# TYPE a counter\na 1\n', '# TYPE a counter\na_total 1\na_created 5\n'],
    ...['# TYPE i info\ni 1\n', '# TYPE i info\ni_info 2\n', '# TYPE s stateset\ns 5\n', '# TYPE u unknown\nu 1\n'],
    ...['# TYPE u untyped\nu 1\n', '# TYPE g gaugehistogram\ng_bucket{le="1"} 1\ng_gcount 1\ng_gsum 1\n'],
  ],
  'histograms and summaries that are not whole': [
    ...['# TYPE h histogram\nh_bucket{le="1"} 1\ng 1\nh_bucket{le="+Inf"} 2\nh_count 2\n', '# TYPE h histogram\nh 5\n'],
    ...['# TYPE h histogram\nh_bucket{le="1"} 5\nh_bucket{le="+Inf"} 2\n', '# TYPE h histogram\nh_bucket 5\n'],
    ...['# TYPE h histogram\nh_sum -1\nh_count NaN\n', '# TYPE s summary\ns{quantile="2"} 1\ns{quantile="x"} -1\n'],
  ],
  'negative and NaN counters': ['# TYPE c counter\nc_total -1\n', '# TYPE c counter\nc_total NaN\n'],
  'comments and metadata with blanks': [
    ...['# a\na 1\n', '#c\n', '#  TYPE a gauge\n', '# TYPE a  gauge\n', '# TYPE a gauge \n', '# TYPE  a gauge\n'],
  ],
  units: [
    ...['# UNIT a_s s\na_s 1\n', '# UNIT a s\na 1\n', '# UNIT s s\ns 1\n', '# UNIT a \na 1\n', '# UNIT a\na 1\n'],
    ...['# UNIT "a s" s\na 1\n', latin1('# UNIT "a_\xff" \xff\na 1\n')],
  ],
  timestamps: [
    ...[
      'a 1 NOWS\n',
      'a 1 NOWS.789\n',
      'a 1 NOWS.0009\n',
      'a 1 NOWS.123456789\n',
      'a 1 NaN\n',
      'a 1 Inf\n',
      'a 1 0x5\n',
    ],
    ...[
      'a 1 1e999\n',
      'a 1 # {} 1 1e306\n',
      'a 1  NOWS\n',
      'a 1 NOWS \n',
      'a 1 NOWS x\n',
      'a 1 NOWS\na 2 NOWS\n',
      'a 1 NOWS\na 2 NOWS.5\n',
    ],
    ...['a 1 NOWS.5\na 2 NOWS\n', 'a 1 NOWS\na 2\n', 'a 1\na 2 NOWS\n'],
    ...Array.from({ length: 12 }, (_, i) => `a 1 NOWS.${String(i * 83 + 7).padStart(3, '0')}\n`),
  ],
  exemplars: [
    ...['{} 1', '{a="b"} 1', '{a="b"} 1 NOWS', '{a="b"} 1 NOWS.789', '{a="b"} 1 NOWS.0009', '{a="b",} 1', '{,} 1'],
    ...['{a="b",a="c"} 1', '{a="x\\"y\\n"} 1', '{a=""} 1', '{"a b"="c"} 1', '{"a"} 1', '{a} 1', '{a="b"}', '{a="b"} x'],
    ...['{a="b"} NaN NOWS', '{a="b"} 1 NaN', '{a="b"} 1 1 1', '{a="b"} 1 ', '{a="b"}  1', '{a="x}y"} 1', '{ a="b"} 1'],
    ...[
      '{a="b" } 1',
      '{a="é"} 1',
      '{__name__="b"} 1',
      '{b="1",a="2"} 1',
      '{a="x\0y"} 1',
      '{"a\nb"="c"} 1',
      '{a="x\ny"} 1',
    ],
    ...[`{a="${'b'.repeat(127)}"} 1`, `{a="${'b'.repeat(128)}"} 1`, `{a="${'é'.repeat(127)}"} 1`, 'x', ' {a="b"} 1'],
  ].map((exemplar) => `# TYPE c counter\nc_total 1 # ${exemplar}\n`),
  'exemplars elsewhere': [
    ...['# TYPE g gauge\ng 1 # {a="b"} 1\n', 'c_total 1 NOWS # {a="b"} 1\n', 'c_total # {a="b"} 1\n'],
    ...['c_total 1 #{a="b"} 1\n', 'c_total 1  # {a="b"} 1\n', 'c_total 1 # {a="b"} 1 # {c="d"} 2\n', 'a 1 #\n'],
    latin1('a 1 # {a="\xff"} 1\n'),
  ],
}

const withEnd = (body: Body): Body =>
  typeof body === 'string' ? `${body}# EOF\n` : Buffer.concat([body, Buffer.from('# EOF\n')])

export const openMetricsTexts: Record<string, Body[]> = {
  ...Object.fromEntries(Object.entries(openMetrics).map(([what, bodies]) => [what, bodies.map(withEnd)])),
  'the last line': [
    ...['', '# EOF', '# EOF\n', '# EOF\n\n', '# EOF\r\n', '# EOF \n', 'a 1\n', 'a 1\n# EOF', 'a 1\n# EOF\nb 1\n', '\n'],
    ...['# EOF\n# EOF\n', 'a 1 # EOF\n', 'a 1# EOF\n', '#EOF\n', '# EO', '# eof\n', ' # EOF\n', '# EOFx\n', '# EOF\0'],
    ...['# EOF\n\0', '# EOF\0junk', '# HELP a x', 'a 1 # {a="b"} 1', 'a 1 1', 'a', 'a{', '# TYPE'],
  ],
}
