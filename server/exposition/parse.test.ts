import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ExpositionError } from './exposition-error'
import { OPENMETRICS_CONTENT_TYPE, PROMETHEUS_CONTENT_TYPE } from './format'
import { parseExposition } from './parse'

/** Pieces of which a good deal of what is put together is nearly valid. */
const piece = fc.constantFrom(
  ...['a', 'b_total', 'a_bucket', 'a_sum', 'a_count', '# TYPE ', '# HELP ', '# UNIT ', '# EOF', '#', ' ', '  ', '\t'],
  ...['\n', '\r', '{', '}', '{}', '"', '\\', ',', '=', 'a="b"', '{le="1"}', '{le="+Inf"}', '{a="b"} 1\n', ' # {} 1'],
  ...['1', '-0', '.5', '1e999', 'NaN', '+Inf', ' 1\n', 'counter\n', 'histogram\n', 'gauge', '__proto__', '\u{1F600}'],
)

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
        { numRuns: 2000 },
      )
    },
  )
})

function expectFamiliesOrError(text: string, contentType: string): void {
  try {
    expect(Array.isArray(parseExposition(text, contentType))).toBe(true)
  } catch (error) {
    if (!(error instanceof ExpositionError)) throw error
    expect(error.line).toBeGreaterThan(0)
    expect(error.line).toBeLessThanOrEqual(text.split('\n').length + 2)
  }
}
