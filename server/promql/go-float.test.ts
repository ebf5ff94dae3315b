import { expect, test } from 'vitest'
import { formatPlain, formatSampleValue } from './go-float'

test.each([
  [0, '0', '0'],
  [-0, '-0', '-0'],
  [1.5, '1.5', '1.5'],
  [1e-6, '0.000001', '0.000001'],
  [1e-7, '0.0000001', '1e-07'],
  [-1.25e-9, '-0.00000000125', '-1.25e-09'],
  [1.5e-10, '0.00000000015', '1.5e-10'],
  [1e-300, `0.${'0'.repeat(299)}1`, '1e-300'],
  [1e20, '100000000000000000000', '100000000000000000000'],
  [1e21, '1000000000000000000000', '1e+21'],
  [-1.234e22, '-12340000000000000000000', '-1.234e+22'],
  [Number.NaN, 'NaN', 'NaN'],
  [Number.POSITIVE_INFINITY, '+Inf', '+Inf'],
  [Number.NEGATIVE_INFINITY, '-Inf', '-Inf'],
])('%s is written plainly as %s, as a sample as %s', (value, plain, sample) => {
  expect([formatPlain(value), formatSampleValue(value)]).toEqual([plain, sample])
})
