import { describe, expect, it } from 'vitest'
import { ExpositionError } from './exposition-error'
import { OPENMETRICS_CONTENT_TYPE } from './format'
import { parseExposition } from './parse'
import type { Family, Sample } from './snapshot'

/** The body of a valid text, to which `# EOF` is added, and the samples that it must give. */
const samples: Record<string, { text: string; expected: Sample[] }> = {
  nothing: { text: '', expected: [] },
  'a sample without metadata': { text: 'a 1\n', expected: [a({})] },
  'empty braces': { text: 'a{} 1\n', expected: [a({})] },
  labels: { text: 'a{b="c",_d9="e"} 1\n', expected: [a({ labels: { b: 'c', _d9: 'e' } })] },
  'empty label values': { text: 'a{b=""} 1\n', expected: [a({ labels: { b: '' } })] },
  'escapes, of which unknown ones stand for themselves': {
    text: 'a{b="\\\\ \\" \\n \\t \\\\n"} 1\n',
    expected: [a({ labels: { b: '\\ " \n \\t \\n' } })],
  },
  'braces, commas, hashes and spaces inside label values': {
    text: 'a{b="} 1 # {,=",c="{"} 1\na{b="}"} 1\n',
    expected: [a({ labels: { b: '} 1 # {,=', c: '{' } }), a({ labels: { b: '}' } })],
  },
  'any UTF-8 but line feeds in label values': {
    text: 'a{b="\u{1F600} \r \u2028 \0"} 1\n',
    expected: [a({ labels: { b: '\u{1F600} \r \u2028 \0' } })],
  },
  'quoted names': {
    text: '{"a b","c d"="e"} 1\n',
    expected: [a({ name: 'a b', labels: { 'c d': 'e' } })],
  },
  'timestamps in seconds': {
    text: 'a{b="0"} 1 000\na{b="1"} 1 1.1\na{b="2"} 1 1.5e3\na{b="3"} 1 -1520879607.789\na{b="4"} 1 .5\n',
    expected: [0, 1100, 1_500_000, -1_520_879_607_789, 500].map((timestampMs, index) =>
      a({ labels: { b: `${index}` }, timestampMs }),
    ),
  },
  'timestamps finer than milliseconds': { text: 'a 1 1.0000001\n', expected: [a({ timestampMs: 1000.0001 })] },
  'several times of one metric': {
    text: 'a 1 1\na 2 2\n',
    expected: [a({ timestampMs: 1000 }), a({ value: 2, timestampMs: 2000 })],
  },
  'the first only of times that floats do not tell apart': {
    text: 'a 1 1520879607.0000000001\na 2 1520879607.0000000002\na 3 1520879608\n',
    expected: [a({ timestampMs: 1_520_879_607_000 }), a({ value: 3, timestampMs: 1_520_879_608_000 })],
  },
  'a time that is spelled in two ways': {
    text: '# TYPE s summary\ns_count 1 1.0\ns_sum 1 +01.\n',
    expected: [a({ name: 's_count', timestampMs: 1000 }), a({ name: 's_sum', timestampMs: 1000 })],
  },
  exemplars: {
    text: `# TYPE a counter
a_total 1 # {} 0.5
a_total{b="c"} 1 # {d="e",f="} # {"} NaN
a_total{b="d"} 1 2.5 # {d="e"} 1 1520879607.789
`,
    expected: [
      a({ name: 'a_total', exemplar: { labels: {}, value: 0.5 } }),
      a({
        name: 'a_total',
        labels: { b: 'c' },
        exemplar: { labels: { d: 'e', f: '} # {' }, value: Number.NaN },
      }),
      a({
        name: 'a_total',
        labels: { b: 'd' },
        timestampMs: 2500,
        exemplar: { labels: { d: 'e' }, value: 1, timestampMs: 1_520_879_607_789 },
      }),
    ],
  },
  'an exemplar with 128 characters, which may take two code units': {
    text: `# TYPE a counter\na_total 1 # {b="${'\u{1F600}'.repeat(127)}"} 1\n`,
    expected: [a({ name: 'a_total', exemplar: { labels: { b: '\u{1F600}'.repeat(127) }, value: 1 } })],
  },
  'names that objects have from birth': {
    text: 'constructor{__proto__="b",toString="c"} 1\n__proto__ 1\n',
    expected: [
      a({ name: 'constructor', labels: JSON.parse('{"__proto__":"b","toString":"c"}') }),
      a({ name: '__proto__' }),
    ],
  },
}

/** The body of a valid text, and its families. */
const families: Record<string, { text: string; expected: Partial<Family>[] }> = {
  'a counter, which is called like its samples': {
    text: '# TYPE a_seconds counter\n# UNIT a_seconds seconds\n# HELP a_seconds The a.\na_seconds_total 1\na_seconds_created 1.5\n',
    expected: [
      {
        name: 'a_seconds_total',
        type: 'counter',
        unit: 'seconds',
        help: 'The a.',
        samples: [a({ name: 'a_seconds_total' }), a({ name: 'a_seconds_created', value: 1.5 })],
      },
    ],
  },
  'metadata without samples, in any order, and empty': {
    text: '# HELP a x\n# TYPE a gauge\n# HELP b \n# UNIT b \n# TYPE c counter\n',
    expected: [
      { name: 'a', type: 'gauge', help: 'x', unit: '', samples: [] },
      { name: 'b', type: 'unknown', help: '', unit: '' },
      { name: 'c_total', type: 'counter' },
    ],
  },
  'HELP with escapes and spaces of its own': {
    text: '# HELP a  \\\\ \\n \\" \\t \r\n',
    expected: [{ help: ' \\ \n " \\t \r' }],
  },
  'quoted names': {
    text: '# TYPE "a b" counter\n{"a b_total",c="d"} 1\n',
    expected: [{ name: 'a b_total', type: 'counter', samples: [a({ name: 'a b_total', labels: { c: 'd' } })] }],
  },
  'each name without metadata as a family of unknown type': {
    text: 'a 1\nb_total 1\na_sum 1\n',
    expected: [
      { name: 'a', type: 'unknown' },
      { name: 'b_total', type: 'unknown' },
      { name: 'a_sum', type: 'unknown' },
    ],
  },
  'a histogram, with bounds spelled in all ways': {
    text: `# TYPE h histogram
h_bucket{le="-Inf"} 0
h_bucket{le="0"} 0
h_bucket{le="0.00000000001"} 0
h_bucket{le="1e-05"} 1
h_bucket{le="1.1e-4"} 1
h_bucket{le="1"} 5 # {} 0.5
h_bucket{le="1e+05"} 5.0
h_bucket{le="10000000000"} 9
h_bucket{le="+Inf"} 1e1 # {a="b"} 1e99
`,
    expected: [{ name: 'h', type: 'histogram' }],
  },
  'a histogram in any order but that of its buckets, with several metrics and times': {
    text: `# TYPE h histogram
h_sum{a="b",c="d"} 1
h_bucket{a="b",c="d",le="1"} 0
h_created{a="b",c="d"} 1
h_bucket{c="d",le="+Inf",a="b"} 2
h_count{c="d",a="b"} 2
h_bucket{le="+Inf"} 2 1
h_count 2 1
h_sum 2 1
h_bucket{le="+Inf"} 3 2
h_count 3 2
h_sum 2 2
`,
    expected: [{ name: 'h', type: 'histogram' }],
  },
  'a gaugehistogram, whose sum may be negative if a bound is': {
    text: `# TYPE g gaugehistogram
g_bucket{le="-1.0"} 1 # {} -2
g_bucket{le="+Inf"} 2
g_gcount 2
g_gsum -5
`,
    expected: [{ name: 'g', type: 'gaugehistogram' }],
  },
  'a summary with any part missing, and quantiles in any order': {
    text: `# TYPE s summary
s{quantile="1"} NaN
s{quantile="0.5"} 2
s_created 1
s_count{a="b"} 3
s{a="c",quantile="0"} 0
`,
    expected: [{ name: 's', type: 'summary' }],
  },
  'an info, in whatever order of labels and times': {
    text: '# TYPE i info\ni_info{a="1"} 1 2\ni_info{a="2"} 1 1\ni_info{a="1"} 1.0 3\ni_info{a="2"} 1\n',
    expected: [{ name: 'i', type: 'info' }],
  },
  'a stateset': {
    text: '# TYPE s stateset\ns{s="a",b="c"} 0\ns{s="b",b="c"} 1.0\ns{s="a"} 0\n',
    expected: [{ name: 's', type: 'stateset' }],
  },
  'a gauge and an unknown with any value': {
    text: '# TYPE a gauge\na -1\n# TYPE b unknown\nb NaN\n',
    expected: [{ type: 'gauge' }, { type: 'unknown' }],
  },
}

/** Bodies that are invalid, and what is said of them. */
const refused: Record<string, { text: string; message: RegExp; line?: number }> = {
  'an empty line': { text: 'a 1\n\n', message: /a metric name, got the end of the line/, line: 2 },
  'a comment': { text: '# a comment\n', message: /expected # TYPE, # HELP, # UNIT or # EOF, got "# a comment"/ },
  'a comment without space': { text: '#a\n', message: /expected # TYPE/ },
  'two spaces behind the hash': { text: '#  TYPE a gauge\n', message: /expected # TYPE/ },
  'leading space': { text: ' a 1\n', message: /a metric name, got " a 1"|a metric name/ },
  'leading space before metadata': { text: ' # TYPE a gauge\n', message: /a metric name/ },
  'a byte order mark': { text: '\ufeffa 1\n', message: /a metric name/ },
  'a carriage return': { text: 'a 1\r\n', message: /a value, got "1\\r"/ },

  'HELP without name': { text: '# HELP \n', message: /a metric name, got the end of the line/ },
  'HELP without space behind the name': { text: '# HELP a\n', message: /a space behind the metric name/ },
  'HELP with a tab behind the name': { text: '# HELP a\tb\n', message: /a space behind the metric name/ },
  'HELP with a bare quote': { text: '# HELP a "b"\n', message: /quote in HELP must be escaped/ },
  'HELP with a bare backslash at its end': { text: '# HELP a b\\\n', message: /backslash in HELP must be escaped/ },
  'TYPE without type': { text: '# TYPE a \n', message: /expected one of the types counter.*, got ""/ },
  'a type that is none': { text: '# TYPE a meh\n', message: /got "meh"/ },
  'a type of the Prometheus format': { text: '# TYPE a untyped\n', message: /got "untyped"/ },
  'a type like a property of objects': { text: '# TYPE a constructor\n', message: /got "constructor"/ },
  'a space behind the type': { text: '# TYPE a gauge \n', message: /got "gauge "/ },
  'a unit that does not end the name': { text: '# UNIT a seconds\n', message: /must end with its unit, _seconds/ },
  'a unit that only ends the last word': { text: '# UNIT aseconds seconds\n', message: /must end with its unit/ },
  'a space behind the unit': { text: '# UNIT a_s s \n', message: /a unit of letters/ },
  'a unit of an info': { text: '# UNIT a_s s\n# TYPE a_s info\n', message: /must not have a unit/, line: 2 },
  'a unit of a stateset': { text: '# TYPE a_s stateset\n# UNIT a_s s\n', message: /must not have a unit/, line: 2 },
  'two HELP lines': { text: '# HELP a x\n# HELP a x\n', message: /two HELP lines/, line: 2 },
  'two empty UNIT lines': { text: '# UNIT a \n# UNIT a \n', message: /two UNIT lines/, line: 2 },
  'two TYPE lines': { text: '# TYPE a gauge\n# TYPE a gauge\n', message: /two TYPE lines/, line: 2 },
  'TYPE below a sample': { text: '# HELP a x\na 1\n# TYPE a gauge\n', message: /TYPE must stand above/, line: 3 },
  'HELP below a sample': { text: 'a 1\n# HELP a x\n', message: /HELP must stand above/, line: 2 },
  'HELP below an info': { text: '# TYPE a info\na_info 1\n# HELP a x\n', message: /must stand above/, line: 3 },

  'no value': { text: 'a\n', message: /a value/ },
  'a space but no value': { text: 'a \n', message: /a value/ },
  'two spaces': { text: 'a  1\n', message: /a value/ },
  'a tab': { text: 'a\t1\n', message: /a space, got/ },
  'no space behind labels': { text: 'a{b="c"}1\n', message: /a space, got "1"/ },
  'space before labels': { text: 'a {b="c"} 1\n', message: /behind the metric name|a value/ },
  'trailing space': { text: 'a 1 \n', message: /a timestamp in seconds/ },
  'trailing tab': { text: 'a 1\t\n', message: /a value/ },
  'a word for a value': { text: 'a b\n', message: /a value, got "b"/ },
  'a value with underscores': { text: 'a 1_2\n', message: /a value/ },
  'a hexadecimal value': { text: 'a 0x1\n', message: /a value/ },
  'a value beyond all floats': { text: 'a 1e999\n', message: /a value/ },
  'a signed NaN': { text: 'a -NaN\n', message: /a value/ },
  'a word for a timestamp': { text: 'a 1 z\n', message: /timestamp/ },
  'NaN for a timestamp': { text: 'a 1 NaN\n', message: /timestamp/ },
  'infinity for a timestamp': { text: 'a 1 +Inf\n', message: /timestamp/ },
  'a timestamp beyond all floats': { text: 'a 1 1e308\n', message: /timestamp/ },
  'a third number': { text: 'a 1 2 3\n', message: /an exemplar/ },
  'a name that begins with a digit': { text: '0a 1\n', message: /a metric name/ },
  'a name with other characters': { text: 'a-b 1\n', message: /behind the metric name/ },
  'no name': { text: '{b="c"} 1\n', message: /a metric name/ },
  'labels without a comma between them': { text: 'a{b="c"d="e"} 1\n', message: /a comma or }/ },
  'a comma at the end': { text: 'a{b="c",} 1\n', message: /a label behind the comma/ },
  'two commas': { text: 'a{b="c",,d="e"} 1\n', message: /a label name/ },
  'space between labels': { text: 'a{b="c", d="e"} 1\n', message: /a label name/ },
  'space around =': { text: 'a{b ="c"} 1\n', message: /= behind/ },
  'a label without value': { text: 'a{b} 1\n', message: /= behind the label name "b"/ },
  'a label with an unquoted value': { text: 'a{b=c} 1\n', message: /in quotes/ },
  'a label name with a colon': { text: 'a{b:c="d"} 1\n', message: /= behind/ },
  'a label that comes twice': { text: 'a{b="c",b="d"} 1\n', message: /only once/ },
  'a label value without end': { text: 'a{b="c} 1\n', message: /closing quote/ },

  'an exemplar without labels': { text: '# TYPE a counter\na_total 1 # 1\n', message: /exemplar/, line: 2 },
  'an exemplar without value': { text: '# TYPE a counter\na_total 1 # {b="c"}\n', message: /a value/, line: 2 },
  'an exemplar without hash': { text: '# TYPE a counter\na_total 1 {b="c"} 1\n', message: /timestamp/, line: 2 },
  'an exemplar without space': { text: '# TYPE a counter\na_total 1# {b="c"} 1\n', message: /a value/, line: 2 },
  'an exemplar with a name': { text: '# TYPE a counter\na_total 1 # {"b"} 1\n', message: /=/, line: 2 },
  'an exemplar with trailing space': {
    text: '# TYPE a counter\na_total 1 # {b="c"} 1 \n',
    message: /timestamp/,
    line: 2,
  },
  'an exemplar with a fourth number': {
    text: '# TYPE a counter\na_total 1 # {b="c"} 1 2 3\n',
    message: /end of the line/,
    line: 2,
  },
  'an exemplar with 129 characters': {
    text: `# TYPE a counter\na_total 1 # {b="${'c'.repeat(128)}"} 1\n`,
    message: /more than 128 characters/,
    line: 2,
  },
  'an exemplar of a gauge': { text: 'a 1 # {b="c"} 1\n', message: /must not have an exemplar/ },
  'an exemplar of a created time': {
    text: '# TYPE a counter\na_total 1\na_created 1 # {b="c"} 1\n',
    message: /must not have an exemplar/,
    line: 3,
  },
  'an exemplar of a sum': {
    text: '# TYPE a histogram\na_sum 1 # {b="c"} 1\n',
    message: /must not have an exemplar/,
    line: 2,
  },
  'an exemplar beyond its bucket': {
    text: '# TYPE a histogram\na_bucket{le="1"} 1 # {} 1.5\na_bucket{le="+Inf"} 1\n',
    message: /an exemplar within its bound/,
    line: 2,
  },

  'a counter without _total': { text: '# TYPE a counter\na 1\n', message: /"a" must not come twice/, line: 2 },
  'a counter with only a created time': { text: '# TYPE a counter\na_created 1\n', message: /a total/, line: 2 },
  'a negative counter': { text: '# TYPE a counter\na_total -1\n', message: /neither negative nor NaN/, line: 2 },
  'a counter that is NaN': { text: '# TYPE a counter\na_total NaN\n', message: /neither/, line: 2 },
  'a created time that is none': {
    text: '# TYPE a counter\na_total 1\na_created NaN\n',
    message: /a time in seconds/,
    line: 3,
  },
  'a summary with a name alone': {
    text: '# TYPE a summary\na 0\n',
    message: /must have the label "quantile"/,
    line: 2,
  },
  'a quantile above 1': { text: '# TYPE a summary\na{quantile="1.01"} 0\n', message: /from 0 to 1/, line: 2 },
  'a quantile below 0': { text: '# TYPE a summary\na{quantile="-1"} 0\n', message: /from 0 to 1/, line: 2 },
  'a quantile that is NaN': { text: '# TYPE a summary\na{quantile="NaN"} 0\n', message: /from 0 to 1/, line: 2 },
  'a quantile that is a word': { text: '# TYPE a summary\na{quantile="b"} 0\n', message: /from 0 to 1/, line: 2 },
  'a quantile that comes twice': {
    text: '# TYPE a summary\na{quantile="0.5"} 0\na{quantile="0.5"} 0\n',
    message: /only once/,
    line: 3,
  },
  'a negative value of a quantile': {
    text: '# TYPE a summary\na{quantile="0.5"} -1\n',
    message: /not be negative/,
    line: 2,
  },
  'a fractional count': { text: '# TYPE a summary\na_count 1.5\n', message: /a whole number/, line: 2 },
  'an infinite count': { text: '# TYPE a summary\na_count +Inf\n', message: /a whole number/, line: 2 },
  'a negative sum': { text: '# TYPE a summary\na_sum -1\n', message: /neither/, line: 2 },
  'a quantile on a sum': {
    text: '# TYPE a summary\na_sum{quantile="1"} 1\n',
    message: /must not have the label quantile/,
    line: 2,
  },
  'a bucket without bound': { text: '# TYPE a histogram\na_bucket 0\n', message: /must have the label "le"/, line: 2 },
  'a bound that is a word': { text: '# TYPE a histogram\na_bucket{le="b"} 0\n', message: /a number or \+Inf/, line: 2 },
  'a bound that is NaN': { text: '# TYPE a histogram\na_bucket{le="NaN"} 0\n', message: /a number/, line: 2 },
  'infinity in other words': { text: '# TYPE a histogram\na_bucket{le="Inf"} 0\n', message: /\+Inf/, line: 2 },
  'a fractional bucket': { text: '# TYPE a histogram\na_bucket{le="+Inf"} 0.5\n', message: /a whole number/, line: 2 },
  'a negative bucket': { text: '# TYPE a histogram\na_bucket{le="+Inf"} -1\n', message: /a whole number/, line: 2 },
  'no buckets': { text: '# TYPE a histogram\na_count 0\na_sum 0\n', message: /a bucket \+Inf/, line: 3 },
  'no bucket +Inf': { text: '# TYPE a histogram\na_bucket{le="1"} 0\n', message: /a bucket \+Inf/, line: 2 },
  'a histogram without samples but its created time': {
    text: '# TYPE a histogram\na_created 1\n',
    message: /a bucket \+Inf/,
    line: 2,
  },
  'bounds out of order': {
    text: '# TYPE a histogram\na_bucket{le="2"} 0\na_bucket{le="1"} 0\na_bucket{le="+Inf"} 0\n',
    message: /increasing order/,
    line: 3,
  },
  'a bound that comes twice': {
    text: '# TYPE a histogram\na_bucket{le="1"} 0\na_bucket{le="1.0"} 0\n',
    message: /increasing order/,
    line: 3,
  },
  'buckets that are not cumulative': {
    text: '# TYPE a histogram\na_bucket{le="1"} 1\na_bucket{le="+Inf"} 0\n',
    message: /not be less than the bucket before/,
    line: 3,
  },
  'a count that is not the bucket +Inf': {
    text: '# TYPE a histogram\na_bucket{le="+Inf"} 0\na_count 1\na_sum 1\n',
    message: /the same count/,
    line: 4,
  },
  'a count without sum': {
    text: '# TYPE a histogram\na_bucket{le="+Inf"} 0\na_count 0\n',
    message: /if and only if/,
    line: 3,
  },
  'a sum without count': {
    text: '# TYPE a gaugehistogram\na_bucket{le="+Inf"} 0\na_gsum 0\nb 1\n',
    message: /if and only if/,
    line: 3,
  },
  'a sum beside negative bounds': {
    text: '# TYPE a histogram\na_bucket{le="-1"} 1\na_bucket{le="+Inf"} 1\na_count 1\na_sum 1\n',
    message: /must not have a sum/,
    line: 5,
  },
  'a negative sum of a gaugehistogram without negative bounds': {
    text: '# TYPE a gaugehistogram\na_bucket{le="+Inf"} 1\na_gcount 1\na_gsum -1\n',
    message: /negative sum/,
    line: 4,
  },
  'a bound on a count': {
    text: '# TYPE a histogram\na_bucket{le="+Inf"} 0\na_count{le="1"} 0\n',
    message: /must not have the label le/,
    line: 3,
  },
  'an info that is not 1': { text: '# TYPE a info\na_info 2\n', message: /must be 1/, line: 2 },
  'an info that comes twice': {
    text: '# TYPE a info\na_info{b="c"} 1\na_info{b="c"} 1\n',
    message: /only once/,
    line: 3,
  },
  'a stateset without state': { text: '# TYPE a stateset\na 0\n', message: /must have the label "a"/, line: 2 },
  'a state that is neither 0 nor 1': { text: '# TYPE a stateset\na{a="b"} 2\n', message: /0 or 1/, line: 2 },
  'a state that comes twice': {
    text: '# TYPE a stateset\na{a="b"} 0\na{a="b"} 1\n',
    message: /only once/,
    line: 3,
  },

  'a family in two pieces': { text: 'a 1\nb 1\na{c="d"} 1\n', message: /"a" must not come twice/, line: 3 },
  'metadata of a family that was there': {
    text: '# TYPE a gauge\n# TYPE b gauge\n# HELP a x\n',
    message: /"a" must not come twice/,
    line: 3,
  },
  'a family called like a sample of another': {
    text: '# TYPE a counter\n# TYPE a_created gauge\n',
    message: /"a_created" must not come twice, nor be of two families/,
    line: 2,
  },
  'a family whose samples are called like another': {
    text: '# TYPE a_created gauge\n# TYPE a counter\na_total 1\n',
    message: /"a_created" must not come twice/,
    line: 2,
  },
  'a metric in two pieces': {
    text: '# TYPE a histogram\na_bucket{b="1",le="+Inf"} 0\na_bucket{b="2",le="+Inf"} 0\na_sum{b="1"} 0\n',
    message: /interrupted/,
    line: 4,
  },
  'a metric that comes twice': { text: 'a{b="c",d="e"} 1\na{d="e",b="c"} 1\n', message: /only once/, line: 2 },
  'a time that comes twice': { text: 'a 1 1\na 1 1\n', message: /only once/, line: 2 },
  'a time that comes twice, spelled otherwise': { text: 'a 1 1\na 1 1.0\n', message: /only once/, line: 2 },
  'timestamps that fall': { text: 'a 1 2\na 1 1\n', message: /must increase/, line: 2 },
  'a timestamp behind none': { text: 'a 1\na 1 1\n', message: /all lines of a metric/, line: 2 },
  'no timestamp behind one': { text: 'a 1 1\na 1\n', message: /all lines of a metric/, line: 2 },
  'times that alternate': {
    text: '# TYPE s summary\ns_count 0 1\ns_count 0 2\ns_sum 0 1\ns_sum 0 2\n',
    message: /must increase/,
    line: 4,
  },
}

/** Whole texts whose end is wrong. */
const ends: Record<string, { text: string; message: RegExp; line: number }> = {
  'an empty text': { text: '', message: /expected # EOF as the last line/, line: 1 },
  'a text without # EOF': { text: 'a 1\n', message: /expected # EOF as the last line/, line: 2 },
  'a text that breaks off': {
    text: '# TYPE a gauge\na 1',
    message: /expected # EOF as the last line, got "a 1"/,
    line: 2,
  },
  'a text behind # EOF': { text: '# EOF\na 1\n', message: /nothing must follow/, line: 1 },
  'an empty line behind # EOF': { text: '# EOF\n\n', message: /nothing must follow/, line: 1 },
  '# EOF with more in its line': { text: '# EOF \n', message: /expected # TYPE/, line: 1 },
}

describe('parseExposition of OpenMetrics', () => {
  for (const [what, { text, expected }] of Object.entries(samples)) {
    it(`reads ${what}`, () => {
      expect(parse(`${text}# EOF\n`).flatMap((family) => family.samples)).toEqual(expected)
    })
  }

  for (const [what, { text, expected }] of Object.entries(families)) {
    it(`reads ${what}`, () => {
      const parsed = parse(`${text}# EOF`)
      expect(parsed).toHaveLength(expected.length)
      for (const [index, family] of expected.entries()) expect(parsed[index]).toMatchObject(family)
    })
  }

  for (const [what, { text, message, line = 1 }] of Object.entries(refused)) {
    it(`refuses ${what}`, () => expectError(`${text}# EOF\n`, message, line))
  }

  for (const [what, { text, message, line }] of Object.entries(ends)) {
    it(`refuses ${what}`, () => expectError(text, message, line))
  }

  it('does not take a series for a strict one because the lenient format had it', () => {
    parseExposition('a{b="lenient",} 1\n')
    expectError('a{b="lenient",} 1\n# EOF\n', /a label behind the comma/, 1)
  })
})

/** One sample `a 1` with the given differences. */
function a(difference: Partial<Sample>): Sample {
  return { name: 'a', labels: {}, value: 1, ...difference }
}

function parse(text: string): Family[] {
  return parseExposition(text, OPENMETRICS_CONTENT_TYPE)
}

function expectError(text: string, message: RegExp, line: number): void {
  expect(() => parse(text)).toThrow(ExpositionError)
  expect(() => parse(text)).toThrow(expect.objectContaining({ line, message: expect.stringMatching(message) }))
}
