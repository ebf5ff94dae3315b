import { expect, test } from 'vitest'
import { scrapeBudgetMs } from './scrape-budget'

test.each([
  ['10', 9000],
  ['0.5', 450],
  ['1e1', 9000],
  ['120', 108_000],
])('who waits %s s is answered within %d ms', (header, budgetMs) => {
  expect(scrapeBudgetMs(header)).toBe(budgetMs)
})

test.each([null, '', '0', '-1', 'NaN', 'soon', '10s'])('%j is no time, so the default holds', (header) => {
  expect(scrapeBudgetMs(header)).toBe(9000)
})

test.each(['121', '1e9', 'Infinity'])('nobody keeps a scrape going for %s s', (header) => {
  expect(scrapeBudgetMs(header)).toBe(108_000)
})
