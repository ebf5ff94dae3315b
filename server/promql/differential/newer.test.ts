import { expect, test } from 'vitest'
import { Newer } from './newer'

test.each([
  ['an older Prometheus is excused', '3.5.3+ds1', true],
  ['one that has the change is not', '3.12.0', false],
  ['nor a newer one', '3.14.1', false],
])('%s', (_, version, isExplained) => {
  const difference = 'for a range annotations , ours PromQL warning: sort is ineffective for range queries since'
  expect(new Newer(version).explains('sort(up)', difference)).toBe(isExplained)
})

test('a difference that no version has brought is none of them', () => {
  const newer = new Newer('3.5.3')
  expect(newer.explains('sort(up)', 'at 3000 ms {} at 0: 1, ours 2')).toBe(false)
  expect(newer.unseen).toContain('3.12: a warning says that a range is not sorted')
  expect(new Newer('3.14.0').unseen).toEqual([])
})

test('what an older one does not know is not asked of this engine either', () => {
  const on = { experimentalFunctions: true, extendedRangeSelectors: true, fillModifiers: true }
  expect(new Newer('3.14.0').features).toEqual(on)
  expect(new Newer('3.9.1').features).toEqual({ ...on, fillModifiers: false })
  expect(new Newer('3.5.3').features).toEqual({ ...on, extendedRangeSelectors: false, fillModifiers: false })
})
