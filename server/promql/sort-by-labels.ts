// Series in Prometheus's order. Labels are compared as one text each: going through two label sets anew for each of
// their comparisons would hold up everything else where there are thousands.
import type { Labels } from '../exposition/snapshot'
import { sorted } from '../sorted'
import { labelValue } from '../storage/matcher'
import type { Budget } from './budget'
import { compareText, labelNames } from './labels'

/** Sorted as `compareLabels` has it. */
export function sortByLabels<T extends { labels: Labels }>(list: readonly T[], budget: Budget): Promise<T[]> {
  return budget.finish(sortedByLabels(list, ({ labels }) => labels))
}

/** The same as work in small steps (`slices.ts`). */
export function* sortedByLabels<T>(list: readonly T[], labelsOf: (one: T) => Labels): Generator<void, T[]> {
  const keyed: { key: string; one: T }[] = []
  let isPlain = true
  for (const one of list) {
    yield
    const key = orderKey(labelsOf(one))
    isPlain &&= !surrogates.test(key)
    keyed.push({ key, one })
  }
  // Where there are no surrogates, UTF-16 is in the order of the code points.
  const compare = isPlain ? compareUnits : compareText
  const ordered = yield* sorted(keyed, (a, b) => compare(a.key, b.key))
  return ordered.map(({ one }) => one)
}

function compareUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

const surrogates = /[\ud800-\udfff]/

/** Names and values in turn, each with an end that comes before all characters. */
function orderKey(labels: Labels): string {
  let key = ''
  for (const name of labelNames(labels)) key += `${name}\0${labelValue(labels, name)}\0`
  return key
}
