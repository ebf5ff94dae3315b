import { expect, test } from 'vitest'
import { endOf, toZoomed } from './use-shown-time'

test.each<[string, [number, number], number, string]>([
  ['from scrape to scrape', [10_400, 29_600], 60_000, '10000 30000'],
  ['not beyond what is drawn', [50_000, 90_000], 60_000, '50000 60000'],
  ['of five scrapes at least', [20_000, 20_100], 60_000, '18000 23000'],
  ['also at the end', [59_900, 60_000], 60_000, '55000 60000'],
  ['and not before all time', [-30_000, 20_000], 60_000, '0 20000'],
])('a zoom is %s', (_, asked, lastMs, window) => {
  const { from, to } = toZoomed(asked, lastMs, 1000) ?? { from: '', to: '' }
  expect(`${from} ${to}`).toBe(window)
})

test.each<[string, Parameters<typeof endOf>, number | undefined]>([
  ['the end of a zoom that is not drawn yet', [{ from: '10000', to: '30000' }, undefined], 30_000],
  ['none once the reader has returned to now', [undefined, 30_000], undefined],
  ['what was drawn of a relative window', [{ from: 'now-2h', to: 'now-1h' }, 5000], 5000],
])('a range keeps %s', (_, input, end) => expect(endOf(...input)).toBe(end))
