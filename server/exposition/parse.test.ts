import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ExpositionError } from './exposition-error'
import { OPENMETRICS_CONTENT_TYPE, PROMETHEUS_CONTENT_TYPE } from './format'
import { parseExposition } from './parse'
import { OpenMetricsParser } from './parse-openmetrics'
import { TextParser } from './parse-text'

/** Pieces of which a good deal of what is put together is nearly valid. */
const piece = fc.constantFrom(
  ...['a', 'b_total', 'a_bucket', 'a_sum', 'a_count', '# TYPE ', '# HELP ', '# UNIT ', '# EOF', '#', ' ', '  ', '\t'],
  ...['\n', '\r', '{', '}', '{}', '"', '\\', ',', '=', 'a="b"', '{le="1"}', '{le="+Inf"}', '{a="b"} 1\n', ' # {} 1'],
  ...['1', '-0', '.5', '1e999', 'NaN', '+Inf', ' 1\n', 'counter\n', 'histogram\n', 'gauge', '__proto__', '\u{1F600}'],
)

/** Two texts in each run, in each of the two modes: 100,000 inputs. */
const FUZZ_RUNS = 25_000

const nearlyValid = fc
  .array(fc.oneof({ weight: 20, arbitrary: piece }, fc.string({ unit: 'binary' })))
  .map((pieces) => pieces.join(''))

describe('parseExposition', () => {
  it.each([
    [OPENMETRICS_CONTENT_TYPE, 'openmetrics'],
    ['application/openmetrics-text', 'openmetrics'],
    ['Application/OpenMetrics-Text ;version=0.0.1', 'openmetrics'],
    [PROMETHEUS_CONTENT_TYPE, 'prometheus'],
    ['text/plain', 'prometheus'],
    ['', 'prometheus'],
    [undefined, 'prometheus'],
  ])('takes a text of the type %s for %s', (contentType, format) => {
    const parse = () => parseExposition('a 1\n', contentType)
    if (format === 'openmetrics') expect(parse).toThrow('expected # EOF')
    else expect(parse()).toHaveLength(1)
  })

  it.each([OPENMETRICS_CONTENT_TYPE, PROMETHEUS_CONTENT_TYPE])(
    'answers with families or an ExpositionError, whatever the %s',
    (contentType) => {
      fc.assert(
        fc.property(nearlyValid, (text) => {
          expectFamiliesOrError(text, contentType)
          expectFamiliesOrError(`${text}\n# EOF\n`, contentType)
        }),
        { numRuns: FUZZ_RUNS },
      )
    },
  )
})

describe('a text that is read in slices', () => {
  const long = 'x'.repeat(10_000)
  it.each<[string, (text: string) => Generator<void, unknown>, string]>([
    ['short lines', (text) => new TextParser(text).parse(), 'a 1\n'.repeat(1600)],
    ['empty lines', (text) => new TextParser(text).parse(), '\n'.repeat(1600)],
    ['long lines', (text) => new TextParser(text).parse(), `a{b="${long}"} 1\n`.repeat(100)],
    [
      'long lines of OpenMetrics',
      (text) => new OpenMetricsParser(text).parse(),
      `${lines(1_000_000, (i) => `a${i}{b="${long}"} 1\n`)}# EOF\n`,
    ],
  ])('gives others their turn often enough: %s', (_, parse, text) => {
    let steps = 0
    for (const work = parse(text); !work.next().done; ) steps++
    expect(steps).toBeGreaterThanOrEqual(99)
  })
})

describe('the memory that parsing needs', () => {
  /** Texts of which each takes as much memory per byte as its kind can. */
  it.each([
    ['the shortest samples', (bytes: number) => 'a 1\n'.repeat(bytes / 4)],
    ['the shortest families', (bytes: number) => lines(bytes, (i) => `${i.toString(36)}a 1\n`.replace(/^\d+/, 'b'))],
    ['label sets that are all different', (bytes: number) => lines(bytes, (i) => `a{b="${i.toString(36)}"} 1\n`)],
    ['one endless name', (bytes: number) => 'a'.repeat(bytes)],
    ['one endless value of escapes', (bytes: number) => `a{b="${'\\n'.repeat(bytes / 2)}"} 1\n`],
    ['one endless comment', (bytes: number) => `#${' '.repeat(bytes)}\n`],
  ])('is a bounded multiple of %s', (_, make) => {
    const text = make(1_000_000)
    const before = usedAfterCollection()
    let families: unknown
    try {
      families = parseExposition(text)
    } catch (error) {
      families = error
    }
    const used = usedAfterCollection() - before
    expect(families).toBeDefined()
    expect(used / text.length).toBeLessThan(MOST_BYTES_PER_BYTE)
  })
})

/** An object for each sample, of which the shortest has 4 bytes of text. */
const MOST_BYTES_PER_BYTE = 60

function lines(bytes: number, line: (i: number) => string): string {
  let text = ''
  for (let i = 0; text.length < bytes; i++) text += line(i)
  return text
}

function usedAfterCollection(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}

function expectFamiliesOrError(text: string, contentType: string): void {
  try {
    expect(Array.isArray(parseExposition(text, contentType))).toBe(true)
  } catch (error) {
    if (!(error instanceof ExpositionError)) throw error
    expect(error.line).toBeGreaterThan(0)
    expect(error.line).toBeLessThanOrEqual(text.split('\n').length + 2)
  }
}
