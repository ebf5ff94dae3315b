import { describe, expect, it } from 'vitest'
import { ExpositionError } from './exposition-error'
import { parseExposition } from './parse'
import type { Family, Sample } from './snapshot'

/** One sample `a 1` with the given differences. */
function a(difference: Partial<Sample> = {}): Sample {
  return { name: 'a', labels: {}, value: 1, ...difference }
}

const samples: Record<string, { text: string; expected: Sample[] }> = {
  'an empty text': { text: '', expected: [] },
  'empty lines and lines of blanks': { text: '\n \n\t\t\n', expected: [] },
  'a sample without labels': { text: 'a 1\n', expected: [a()] },
  'a last line without line feed': { text: 'a 1', expected: [a()] },
  'empty braces': { text: 'a{} 1\na { } 1\n', expected: [a(), a()] },
  'any number of blanks and tabs': {
    text: ' \ta \t { \tb\t=\t"c" , d = "e" , } \t 1 \t 5 \t\n',
    expected: [a({ labels: { b: 'c', d: 'e' }, timestampMs: 5 })],
  },
  'no blank at all where braces separate': { text: 'a{b="c"}1\n', expected: [a({ labels: { b: 'c' } })] },
  'labels without a comma between them, as Prometheus does': {
    text: 'a{b="c"d="e"} 1\n',
    expected: [a({ labels: { b: 'c', d: 'e' } })],
  },
  'escapes in label values, unknown ones as they stand': {
    text: 'a{b="\\\\ \\" \\n \\t \\\\n"} 1\n',
    expected: [a({ labels: { b: '\\ " \n \\t \\n' } })],
  },
  'braces, commas, hashes and blanks inside label values': {
    text: 'a{b="} 1 # {,=",c="{"} 1\na{b="}"} 1\n',
    expected: [a({ labels: { b: '} 1 # {,=', c: '{' } }), a({ labels: { b: '}' } })],
  },
  'any UTF-8 in label values': {
    text: 'a{b="\u{1F600} \r \u2028 \0"} 1\n',
    expected: [a({ labels: { b: '\u{1F600} \r \u2028 \0' } })],
  },
  'empty label values': { text: 'a{b=""} 1\n', expected: [a({ labels: { b: '' } })] },
  'names with underscores, digits and colons': {
    text: '_a:9{_b9="c"} 1\n:a 1\n',
    expected: [a({ name: '_a:9', labels: { _b9: 'c' } }), a({ name: ':a' })],
  },
  'quoted names, wherever they stand among the labels': {
    text: '{"a b"} 1\n{"a b",c="d"} 1\n{c="d", "a b"} 1\n{c="d","a\\"b\\\\\\n",} 1\n',
    expected: [
      a({ name: 'a b' }),
      a({ name: 'a b', labels: { c: 'd' } }),
      a({ name: 'a b', labels: { c: 'd' } }),
      a({ name: 'a"b\\\n', labels: { c: 'd' } }),
    ],
  },
  'quoted label names': {
    text: 'a{"b c"="d",\t"e" = "f"} 1\n{"a",b="c"} 1\n',
    expected: [a({ labels: { 'b c': 'd', e: 'f' } }), a({ labels: { b: 'c' } })],
  },
  'timestamps in milliseconds, before the epoch too': {
    text: 'a 1 1395066363000\na 1 -3982045\na 1 +7\n',
    expected: [a({ timestampMs: 1_395_066_363_000 }), a({ timestampMs: -3_982_045 }), a({ timestampMs: 7 })],
  },
  'names that objects have from birth': {
    text: 'constructor{__proto__="b",toString="c"} 1\n__proto__ 1\nhasOwnProperty 1\n',
    expected: [
      a({ name: 'constructor', labels: JSON.parse('{"__proto__":"b","toString":"c"}') }),
      a({ name: '__proto__' }),
      a({ name: 'hasOwnProperty' }),
    ],
  },
  'comments of all kinds': {
    text: '#\n# \n#HELP a b\n# HELPER a b\n# HELP\n# EOF\n  # x\na 1\n# TYPES a counter\n',
    expected: [a()],
  },
}

const families: Record<string, { text: string; expected: Partial<Family>[] }> = {
  'HELP and TYPE': {
    text: '# HELP a The a.\n# TYPE a counter\na 1\n',
    expected: [{ name: 'a', type: 'counter', help: 'The a.', unit: '', samples: [a()] }],
  },
  'metadata without samples': {
    text: '# TYPE a gauge\n# HELP b The b.\n',
    expected: [
      { name: 'a', type: 'gauge', help: '', samples: [] },
      { name: 'b', type: 'unknown', help: 'The b.', samples: [] },
    ],
  },
  'no metadata: each name is a family of unknown type': {
    text: 'a 1\nb_total 1\na 2\n',
    expected: [
      { name: 'a', type: 'unknown', help: '', samples: [a(), a({ value: 2 })] },
      { name: 'b_total', type: 'unknown', samples: [a({ name: 'b_total' })] },
    ],
  },
  'untyped is unknown': { text: '# TYPE a untyped\n', expected: [{ type: 'unknown' }] },
  'metadata below the samples': {
    text: 'a 1\n# HELP a The a.\n# TYPE a gauge\n',
    expected: [{ type: 'gauge', help: 'The a.', samples: [a()] }],
  },
  'repeated metadata, of which the last counts': {
    text: '# TYPE a gauge\n# TYPE a counter\n# HELP a x\n# HELP a y\n',
    expected: [{ type: 'counter', help: 'y' }],
  },
  'blanks and tabs around the words of metadata': {
    text: '\t#\t \tTYPE \t a \t gauge \t\n',
    expected: [{ name: 'a', type: 'gauge' }],
  },
  'HELP with blanks of its own, escapes, quotes, and nothing': {
    text: '# HELP a  x \n# HELP b \\\\ \\n \\" "\\t\n# HELP c\n# HELP d \n',
    expected: [{ help: ' x ' }, { help: '\\ \n \\" "\\t' }, { help: '' }, { help: '' }],
  },
  'quoted names in metadata': {
    text: '# HELP "a b" x\n# TYPE "a b" gauge\n{"a b"} 1\n',
    expected: [{ name: 'a b', type: 'gauge', help: 'x', samples: [a({ name: 'a b' })] }],
  },
  'the parts of histograms and summaries, lines between them or not': {
    text: `# TYPE h histogram
h_bucket{le="+Inf"} 1
h_sum 1
# TYPE s summary
s{quantile="0.5"} 1
h_count 1
s_sum 1
s_count 1
s_bucket 1
`,
    expected: [
      {
        name: 'h',
        type: 'histogram',
        samples: [a({ name: 'h_bucket', labels: { le: '+Inf' } }), a({ name: 'h_sum' }), a({ name: 'h_count' })],
      },
      {
        name: 's',
        type: 'summary',
        samples: [a({ name: 's', labels: { quantile: '0.5' } }), a({ name: 's_sum' }), a({ name: 's_count' })],
      },
      { name: 's_bucket', type: 'unknown', samples: [a({ name: 's_bucket' })] },
    ],
  },
  'a family of its own name before a part of another': {
    text: '# TYPE h histogram\n# TYPE h_count gauge\nh_count 1\n# TYPE g gauge\ng_count 1\n',
    expected: [
      { name: 'h', samples: [] },
      { name: 'h_count', type: 'gauge', samples: [a({ name: 'h_count' })] },
      { name: 'g', samples: [] },
      { name: 'g_count', type: 'unknown', samples: [a({ name: 'g_count' })] },
    ],
  },
  'families called like properties of objects': {
    text: '# TYPE constructor histogram\nconstructor_sum 1\n# TYPE __proto__ gauge\n',
    expected: [
      { name: 'constructor', samples: [a({ name: 'constructor_sum' })] },
      { name: '__proto__', type: 'gauge' },
    ],
  },
}

const numbers: Record<string, number> = {
  '0': 0,
  '-0': -0,
  '+1': 1,
  '1.': 1,
  '.5': 0.5,
  '-.5e+2': -50,
  '1E3': 1000,
  '0042': 42,
  '0.1': 0.1,
  '123456789.123456': 123_456_789.123_456,
  '7.424100000000001e-05': 7.424100000000001e-5,
  '1.7976931348623157e308': Number.MAX_VALUE,
  '5e-324': 5e-324,
  '1e-400': 0,
  NaN: Number.NaN,
  nan: Number.NaN,
  Inf: Number.POSITIVE_INFINITY,
  '+inf': Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
}

const errors: Record<string, { text: string; message: RegExp; line?: number }> = {
  'no value': { text: 'a\n', message: /a value, got the end of the line/ },
  'no value behind labels': { text: 'a{} \n', message: /a value, got the end of the line/ },
  'a word for a value': { text: 'a true\n', message: /a value, got "true"/ },
  'a hexadecimal value': { text: 'a 0x1p-3\n', message: /a value/ },
  'a value with underscores': { text: 'a 1_2\n', message: /a value/ },
  'a lone point': { text: 'a .\n', message: /a value/ },
  'a lone exponent': { text: 'a e5\n', message: /a value/ },
  'a value beyond all floats': { text: 'a 1e999\n', message: /a value/ },
  'a signed NaN': { text: 'a +NaN\n', message: /a value/ },
  'a carriage return': { text: 'a 1\r\n', message: /a value, got "1\\r"/ },
  'a fractional timestamp': { text: 'a 1 1.5\n', message: /timestamp in whole milliseconds, got "1.5"/ },
  'a timestamp beyond 64 bits': { text: 'a 1 9300000000000000000\n', message: /timestamp/ },
  'a timestamp just beyond 64 bits': { text: 'a 1 9223372036854775808\n', message: /timestamp/ },
  'a third number': { text: 'a 1 2 3\n', message: /the end of the line, got "3"/ },
  'an exemplar, which only OpenMetrics has': { text: 'a 1 # {b="c"} 1\n', message: /timestamp.*got "#"/ },
  'a name that begins with a digit': { text: '9a 1\n', message: /a metric name, got "9a"/ },
  'a name with other characters': { text: 'a.b 1\n', message: /behind the metric name, got ".b"/ },
  'no name': { text: '{a="b"} 1\n', message: /a metric name/ },
  'no name at all': { text: '{} 1\n', message: /a metric name/ },
  'two names': { text: 'a{"b"} 1\n', message: /= behind the label name "b"/ },
  'an empty name': { text: '{""} 1\n', message: /metric name must not be empty/ },
  'an empty label name': { text: 'a{""="b"} 1\n', message: /label name must not be empty/ },
  'no label name': { text: 'a{="b"} 1\n', message: /a label name or }, got "=/ },
  'a label name with a colon': { text: 'a{b:c="d"} 1\n', message: /= behind the label name "b"/ },
  'a label name that begins with a digit': { text: 'a{9="d"} 1\n', message: /a label name/ },
  'a label called __name__': { text: 'a{__name__="b"} 1\n', message: /__name__/ },
  'a label that comes twice': { text: 'a{b="c",b="c"} 1\n', message: /"b" must come only once/ },
  'the label __proto__ twice': { text: 'a{__proto__="c",__proto__="d"} 1\n', message: /only once/ },
  'no label value': { text: 'a{b=} 1\n', message: /the value of the label "b" in quotes, got "}"/ },
  'a label value in other quotes': { text: "a{b='c'} 1\n", message: /in quotes/ },
  'a label value without end': { text: 'a{b="c\\"} 1\na 1\n', message: /closing quote/ },
  'a backslash before the end of a line': { text: 'a{b="c\\\nd"} 1\n', message: /closing quote/ },
  'labels without end': { text: 'a{b="c"\n', message: /a label name or }, got the end of the line/ },
  'a comma too much': { text: 'a{b="c",,} 1\n', message: /a label name/ },
  'only a comma': { text: 'a{,} 1\n', message: /a label name/ },
  'HELP without a name': { text: '# HELP \n', message: /a metric name/ },
  'TYPE without a name': { text: '# TYPE # counter\n', message: /a metric name/ },
  'TYPE without a type': { text: '# TYPE a\n', message: /one of the types .*, got the end of the line/ },
  'a type of OpenMetrics': { text: '# TYPE a stateset\n', message: /one of the types counter, .*, got "stateset"/ },
  'two types': { text: '# TYPE a gauge gauge\n', message: /one of the types/ },
  'an error in a later line': { text: '# x\n\na 1\nb{\n', message: /label name/, line: 4 },
}

describe('parseExposition of a Prometheus text', () => {
  for (const [what, { text, expected }] of Object.entries(samples)) {
    it(`reads ${what}`, () => {
      expect(parseExposition(text).flatMap((family) => family.samples)).toEqual(expected)
    })
  }

  for (const [what, { text, expected }] of Object.entries(families)) {
    it(`reads ${what}`, () => {
      const parsed = parseExposition(text)
      expect(parsed).toHaveLength(expected.length)
      for (const [index, family] of expected.entries()) expect(parsed[index]).toMatchObject(family)
    })
  }

  for (const [text, value] of Object.entries(numbers)) {
    it(`reads the value ${text}`, () => {
      expect(parseExposition(`a ${text}\n`)[0]?.samples[0]?.value).toBe(value)
    })
  }

  for (const [what, { text, message, line = 1 }] of Object.entries(errors)) {
    it(`refuses ${what}`, () => {
      const error = errorOf(text)
      expect(error.message).toMatch(message)
      expect(error.line).toBe(line)
    })
  }

  it('reads names and values of any length', () => {
    const long = 'n'.repeat(12_000_000)
    const [family] = parseExposition(`# TYPE "${long}" gauge\n{"${long}","${long}"="${long}"} 1\n`)
    expect(family?.type).toBe('gauge')
    expect(family?.samples[0]?.labels[long] === long).toBe(true)
  })

  it('reads the same after an error as before it', () => {
    const text = 'a{b="c"} 1\n'
    const before = parseExposition(text)
    expect(() => parseExposition('a{b="c"} x\na{b="c" 1\n')).toThrow(ExpositionError)
    expect(parseExposition(text)).toEqual(before)
  })

  it('takes a series that it knows for the same one only where all of it is there', () => {
    parseExposition('a{b="c"} 1\na{b="}"} 1\na 1\n')
    const parsed = parseExposition('a{b="c"} 2\na{b="}} 1"} 2\na {b="d"} 2\na 2\n')
    expect(parsed[0]?.samples.map((sample) => sample.labels)).toEqual([{ b: 'c' }, { b: '}} 1' }, { b: 'd' }, {}])
  })
})

function errorOf(text: string): ExpositionError {
  try {
    parseExposition(text)
  } catch (error) {
    if (error instanceof ExpositionError) return error
    throw error
  }
  throw new Error('it was read')
}
