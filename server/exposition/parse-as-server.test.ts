// What a Prometheus 3 makes of texts that the specifications of the formats don't allow, or don't speak of. Each of these
// was seen at Prometheus 3.5.
import { describe, expect, it } from 'vitest'
import { ExpositionError } from './exposition-error'
import { MOST_DESCRIBED } from './family-index'
import { OPENMETRICS_CONTENT_TYPE, PROMETHEUS_CONTENT_TYPE } from './format'
import type { Scraped } from './parse'
import { parseExposition, parseScraped } from './parse'
import { labelsText } from './series-text'
import type { Sample } from './snapshot'

const openMetrics = (text: string) => scraped(`${text}# EOF\n`, OPENMETRICS_CONTENT_TYPE)
const prometheus = (text: string) => scraped(text, PROMETHEUS_CONTENT_TYPE)

function scraped(text: string, contentType: string, isUtf8 = true): Promise<Scraped> {
  return parseScraped({ text, contentType, isUtf8 })
}

/** As `name{labels} value timestamp`. */
const shown = ({ name, labels, timestampMs, value }: Sample) =>
  `${name}{${labelsText(labels)}} ${value}${timestampMs === undefined ? '' : ` ${timestampMs}`}`

async function linesOf(reading: Promise<Scraped>): Promise<string[]> {
  const { failure, families } = await reading
  if (failure !== undefined) throw failure
  return families.flatMap(({ samples }) => samples.map(shown))
}

describe('OpenMetrics of a target', () => {
  it.each<[string, string, string[]]>([
    ['a counter family that ends in _total', '# TYPE a_total counter\na_total 1\n', ['a_total{} 1']],
    ['a counter without _total', '# TYPE a counter\na 1\n', ['a{} 1']],
    ['a bare quote in HELP', '# HELP a "x"\na 1\n', ['a{} 1']],
    ['a backslash at the end of HELP', '# HELP a x\\\na 1\n', ['a{} 1']],
    ['the same series twice', 'a 1\na 2\n', ['a{} 1', 'a{} 2']],
    ['repeated metadata', '# TYPE a gauge\n# TYPE a counter\na 1\n', ['a{} 1']],
    ['late metadata', 'a 1\n# TYPE a gauge\n# HELP a x\n', ['a{} 1']],
    ['interleaved families', 'a{b="1"} 1\nc 1\na{b="2"} 1\n', ['a{b="1"} 1', 'a{b="2"} 1', 'c{} 1']],
    ['a histogram without +Inf and sum', '# TYPE h histogram\nh_bucket{le="2"} 5\n', ['h_bucket{le="2.0"} 5']],
    [
      'a histogram that falls',
      '# TYPE h histogram\nh_bucket{le="1.0"} 5\nh_bucket{le="+Inf"} 2\n',
      ['h_bucket{le="1.0"} 5', 'h_bucket{le="+Inf"} 2'],
    ],
    ['negative and NaN sums', '# TYPE h histogram\nh_sum -1\nh_count NaN\n', ['h_sum{} -1', 'h_count{} NaN']],
    ['a negative counter', '# TYPE a counter\na_total -1\n', ['a_total{} -1']],
    ['a comma before the brace', 'a{b="c",} 1\n', ['a{b="c"} 1']],
    ['an info without its suffix', '# TYPE a info\na{b="c"} 1\n', ['a{b="c"} 1']],
    ['an info that is not 1', '# TYPE a info\na_info 2\n', ['a_info{} 2']],
    ['a line break in a name', '{"a\nb"} 1\n', ['a\nb{} 1']],
    ['timestamps as floats, whole', 'a 1 1.0019\n', ['a{} 1 1001']],
    ['labels that come twice, once empty', 'a{b="1",b=""} 1\n', ['a{b=""} 1']],
  ])('is read with %s', async (_, text, expected) => {
    expect(await linesOf(openMetrics(text))).toEqual(expected)
  })

  it('is read without any text', async () => {
    expect(await scraped('', OPENMETRICS_CONTENT_TYPE)).toEqual({ families: [], samples: 0, failure: undefined })
  })

  it.each<[string, string, object]>([
    ['on a gauge', '# TYPE a gauge\na 1 # {b="c"} 2\n', { labels: { b: 'c' }, value: 2 }],
    ['that is long', `a 1 # {b="${'c'.repeat(200)}"} 2\n`, { labels: { b: 'c'.repeat(200) }, value: 2 }],
    ['with a time in seconds', 'a 1 # {} 2 1.0019\n', { labels: {}, value: 2, timestampMs: 1001 }],
    ['with escapes, which stand for themselves', 'a 1 # {b="c\\n"} 2\n', { labels: { b: 'c\\n' }, value: 2 }],
    ['with a label twice', 'a 1 # {b="c",b="d",} 2\n', { labels: { b: 'd' }, value: 2 }],
  ])('may have an exemplar %s', async (_, text, exemplar) => {
    const { families } = await openMetrics(text)
    expect(families[0]?.samples[0]?.exemplar).toEqual(exemplar)
  })

  it('has its families by what their samples are called', async () => {
    const text =
      '# TYPE a counter\na_total 1\na_created 5\n# TYPE b counter\nb 1\n# TYPE c counter\n# TYPE d_total counter\n'
    const { families } = await openMetrics(text)
    expect(families.map(({ name, samples, type }) => [name, type, samples.length])).toEqual([
      ['a_total', 'counter', 2],
      ['b', 'counter', 1],
      ['c_total', 'counter', 0],
      ['d_total', 'counter', 0],
    ])
  })

  it.each<[string, string]>([
    ['a 1\n\n', 'expected a metric name'],
    ['# a comment\n', 'expected # TYPE, # HELP, # UNIT or # EOF'],
    ['# TYPE a untyped\n', 'expected one of the types'],
    ['# UNIT a seconds\n', '"a" must end with its unit, _seconds'],
    ['a{b="c", d="e"} 1\n', 'expected a label name'],
    ['a{b="c\nd"} 1\n', 'expected a closing quote'],
    [' a 1\n', 'expected a metric name'],
    ['a 1 NaN\n', 'expected a timestamp'],
    ['a 1 # {"b"} 1\n', 'expected = behind the label name'],
    ['a{b="1",b="2"} 1\n', 'the label "b" must come only once'],
    ['{"a\0b"} 1\n', 'expected a name without a NUL'],
  ])('is refused with %j', async (text, message) => {
    await expect(linesOf(openMetrics(text))).rejects.toThrow(message)
  })

  it('stays strict by the specification', () => {
    const twice = () => parseExposition('# TYPE a gauge\n# TYPE a gauge\na 1\n# EOF\n', OPENMETRICS_CONTENT_TYPE)
    expect(twice).toThrow('must not have two TYPE lines')
  })
})

describe('the text of a target', () => {
  it.each<[string, string, string[]]>([
    ['line breaks in label values', 'a{b="x\n# TYPE y"} 1\nc 2\n', ['a{b="x\\n# TYPE y"} 1', 'c{} 2']],
    ['line breaks in names', '{"a\nb"} 1\n# HELP "c\nd" e\nf 1\n', ['a\nb{} 1', 'f{} 1']],
    ['HELP of odd names', '# HELP a.b c\n# HELP "" d\na 1\n', ['a{} 1']],
    ['blanks before a name, which belong to it', ' a 1\n\tb{c="d"} 1\n', [' a{} 1', '\tb{c="d"} 1']],
    ['a NUL, where the text ends', 'a 1\n\0b 1\n', ['a{} 1']],
  ])('is read with %s', async (_, text, expected) => {
    expect(await linesOf(prometheus(text))).toEqual(expected)
  })

  it.each<[string, string]>([
    ['a 1 -5\n', 'expected a timestamp in whole milliseconds, got "-5"'],
    ['# TYPE a  gauge\n', 'expected one of the types'],
    ['# TYPE a gauge \n', 'expected one of the types'],
    ['# HELP aé b\n', 'expected a blank behind the metric name'],
    [`a{b="${'x\n'.repeat(40_000)}"} 1\n`, 'expected a closing quote'],
  ])('is refused with %j', async (text, message) => {
    await expect(linesOf(prometheus(text))).rejects.toThrow(message)
  })

  it('may have bytes that are no UTF-8 in comments, and not in what is stored or shown', async () => {
    const read = (text: string) => linesOf(scraped(text, PROMETHEUS_CONTENT_TYPE, false))
    expect(await read('# \udcff\na 1\n')).toEqual(['a{} 1'])
    for (const text of ['a{b="\udcff"} 1\n', '{"a\udcff"} 1\n', '# HELP a \udcff\n']) {
      await expect(read(text), text).rejects.toThrow('expected UTF-8')
    }
  })

  it('says what was read before it failed', async () => {
    const { failure, families, samples } = await prometheus('a 1\nb 2\nc x\nd 1\n')
    expect({ failure: String(failure), samples }).toEqual({
      failure: 'ExpositionError: expected a value, got "x"',
      samples: 2,
    })
    expect(families.map(({ name }) => name)).toEqual(['a', 'b'])
  })

  it('may fail a check, and the sample counts that did', async () => {
    const check = (name: string) => {
      if (name === 'b') throw new Error('no b')
    }
    const text = 'a 1\nb 2\nc 3\n'
    const { failure, families, samples } = await parseScraped({ text, contentType: '', isUtf8: true, check })
    expect({ failure: String(failure), samples, names: families.map(({ name }) => name) }).toEqual({
      failure: 'Error: no b',
      samples: 2,
      names: ['a'],
    })
  })
})

describe('a bound', () => {
  const bucket = (le: string, type = 'histogram') => `# TYPE h ${type}\nh_bucket{le="${le}"} 1\n`

  it.each([
    ['1', '1.0'],
    ['-0', '0.0'],
    ['1e9', '1e+09'],
    ['1000000', '1e+06'],
    ['999999', '999999.0'],
    ['0.00001', '1e-05'],
    ['0x1p-3', '0.125'],
    ['1_000', '1000.0'],
    ['inf', '+Inf'],
    ['nan', 'NaN'],
    ['+NaN', '+NaN'],
    ['1e999', '1e999'],
    ['0x10', '0x10'],
    [' 1', ' 1'],
    ['x', 'x'],
  ])('%s is stored as %s in a histogram, in both formats', async (le, expected) => {
    expect(await linesOf(prometheus(bucket(le)))).toEqual([`h_bucket{le="${expected}"} 1`])
    expect(await linesOf(openMetrics(bucket(le)))).toEqual([`h_bucket{le="${expected}"} 1`])
  })

  it.each<[string, string, string[]]>([
    ['a quantile in a summary', '# TYPE s summary\ns{quantile="1"} 1\n', ['s{quantile="1.0"} 1']],
    ['the other one as it is', '# TYPE s summary\ns{le="1",quantile="1"} 1\n', ['s{le="1",quantile="1.0"} 1']],
    ['those of other types as they are', bucket('1', 'gauge'), ['h_bucket{le="1"} 1']],
    [
      'those of any name, while the family is in force',
      '# TYPE h histogram\n# HELP g x\na{le="1"} 1\n',
      ['a{le="1.0"} 1'],
    ],
    ['none before that', 'a{le="1"} 1\n# TYPE h histogram\nb{le="1"} 1\n', ['a{le="1"} 1', 'b{le="1.0"} 1']],
    [
      'the same text as the first time',
      'a{le="3"} 1\n# TYPE h histogram\na{le="3"} 2\n',
      ['a{le="3"} 1', 'a{le="3"} 2'],
    ],
  ])('that is a number is written as a float is: %s', async (_, text, expected) => {
    expect(await linesOf(prometheus(text))).toEqual(expected)
  })

  it('is the same labels object from text to text', async () => {
    const labelsIn = async () => (await prometheus(bucket('7'))).families[0]?.samples[0]?.labels
    expect(await labelsIn()).toBe(await labelsIn())
  })
})

describe('metadata without samples', () => {
  it.each([
    ['Prometheus text', prometheus],
    ['OpenMetrics', openMetrics],
  ])('is bounded in %s, where it takes memory as series do', async (_, read) => {
    const types = Array.from({ length: MOST_DESCRIBED }, (_, i) => `# TYPE a${i} gauge\n# HELP a${i} b\n`).join('')
    expect((await read(types)).failure).toBeUndefined()
    const { failure } = await read(`${types}# HELP b c\n`)
    expect(failure).toEqual(new ExpositionError(200_001, 'expected metadata of at most 100000 metrics, got more'))
  })
})
