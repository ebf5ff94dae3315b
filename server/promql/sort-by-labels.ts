// Series in Prometheus's order. Labels are compared as one text each: going through two label sets anew for each of
// their comparisons would hold up everything else where there are thousands.
import type { Labels } from '../exposition/snapshot'
import { labelValue } from '../storage/matcher'
import type { Budget } from './budget'
import { compareText, labelNames } from './labels'

/** Sorted as `compareLabels` has it. */
export async function sortByLabels<T extends { labels: Labels }>(list: readonly T[], budget: Budget): Promise<T[]> {
  const keyed: { key: string; one: T }[] = []
  let isPlain = true
  for (const one of list) {
    if (budget.isDue) await budget.pause()
    const key = orderKey(one.labels)
    isPlain &&= !surrogates.test(key)
    keyed.push({ key, one })
  }
  // Where there are no surrogates, UTF-16 is in the order of the code points.
  if (isPlain) keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  else keyed.sort((a, b) => compareText(a.key, b.key))
  return keyed.map(({ one }) => one)
}

const surrogates = /[\ud800-\udfff]/

/** Names and values in turn, each with an end that comes before all characters. */
function orderKey(labels: Labels): string {
  let key = ''
  for (const name of labelNames(labels)) key += `${name}\0${labelValue(labels, name)}\0`
  return key
}
