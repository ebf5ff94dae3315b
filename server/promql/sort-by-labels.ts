// Series in Prometheus's order. Labels are compared as one text each: going through two label sets anew for each of
// their comparisons would hold up everything else where there are thousands.
import type { Labels } from '../exposition/snapshot'
import { sorting } from '../slices'
import { labelValue } from '../storage/matcher'
import type { Budget } from './budget'
import { compareText, labelNames } from './labels'

type Keyed<T> = { key: string; one: T }

/** Sorted as `compareLabels` has it. */
export async function sortByLabels<T extends { labels: Labels }>(list: readonly T[], budget: Budget): Promise<T[]> {
  const keyed: Keyed<T>[] = []
  let isPlain = true
  for (const one of list) {
    if (budget.isDue) await budget.pause()
    const key = orderKey(one.labels)
    isPlain &&= !surrogates.test(key)
    keyed.push({ key, one })
  }
  // Where there are no surrogates, UTF-16 is in the order of the code points.
  const compare = isPlain
    ? (a: Keyed<T>, b: Keyed<T>) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
    : (a: Keyed<T>, b: Keyed<T>) => compareText(a.key, b.key)
  const sorted = await budget.finish(sorting(keyed, compare))
  return sorted.map(({ one }) => one)
}

const surrogates = /[\ud800-\udfff]/

/** Names and values in turn, each with an end that comes before all characters. */
function orderKey(labels: Labels): string {
  let key = ''
  for (const name of labelNames(labels)) key += `${name}\0${labelValue(labels, name)}\0`
  return key
}
