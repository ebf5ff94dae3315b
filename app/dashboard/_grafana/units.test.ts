// Grafana's units in the words of this page.
import { expect, test } from 'vitest'
import '../_format/given-unit'
import { toAxisLabel, toLegendText, toText } from '../_format/unit'
import { fromGrafanaUnit, toGrafanaUnit } from './units'

test.each<[string | undefined, number | undefined, number, string]>([
  [undefined, undefined, 1234.5, '1,235'],
  ['short', 1, 1234.56, '1,234.6'],
  ['percent', undefined, 84.4, '84.4%'],
  ['percent', 0, 84.4, '84%'],
  ['percentunit', undefined, 0.844, '84.4%'],
  ['percentunit', 1, 0.8444, '84.4%'],
  ['bytes', undefined, 16 * 1024 ** 3, '16.0 GiB'],
  ['bytes', 0, -(16 * 1024 ** 3), '−16 GiB'],
  ['decbytes', undefined, 2.5e6, '2.5 MB'],
  ['bytes', undefined, 0, '0 B'],
  ['Bps', undefined, 1500, '1.5 kB/s'],
  ['binBps', undefined, 2048, '2.0 KiB/s'],
  ['bps', undefined, 1e6, '1.0 Mb/s'],
  ['s', undefined, 0.0021, '2.1 ms'],
  ['s', 1, 266_400, '3.1 d'],
  ['ms', undefined, 90_000, '1.5 min'],
  ['s', undefined, 0, '0 s'],
  ['reqps', undefined, 12, '12.0 req/s'],
  ['celsius', undefined, 21.5, '21.5 °C'],
  ['suffix: widgets', undefined, 3, '3.0 widgets'],
  ['short', 2, Number.POSITIVE_INFINITY, '∞'],
  ['short', 2, Number.NaN, '–'],
])('%s with the decimals %s: %s is %s', (id, decimals, value, text) => {
  const unit = fromGrafanaUnit(id, decimals)
  expect(unit && toText(value, unit)).toBe(text)
})

test.each([
  'short',
  'percent',
  'percentunit',
  'bytes',
  'decbytes',
  'Bps',
  'bps',
  's',
  'ms',
  'reqps',
  'celsius',
  'cps',
  'locale',
])('%s comes back', (id) => {
  expect(toGrafanaUnit(fromGrafanaUnit(id) ?? 'plain')).toBe(id)
})

test.each(['currencyUSD', 'constructor', '__proto__', 'toString'])('%s is not known', (id) => {
  expect(fromGrafanaUnit(id)).toBeUndefined()
})

test('where no title names the unit, axes and legends do', () => {
  expect(toAxisLabel(2e6, 'si:b/s')).toBe('2 Mb/s')
  expect(toAxisLabel(0.5, 'ratio:')).toBe('50%')
  expect(toLegendText(0.5, 'ratio1:')).toBe('50.0%')
})
