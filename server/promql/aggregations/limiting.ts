// limitk and limit_ratio: some of the elements, the same ones each time.

import type { Labels } from '../../exposition/snapshot'
import type { Column } from '../columns'
import { filterable, filterables, isPresent } from '../columns'
import type { Evaluation } from '../evaluation'
import { labelNames } from '../labels'
import { formatG } from '../quantile'
import { xxhash64 } from '../xxhash'
import type { Aggregation } from './group'
import { wholeCounts } from './ranking'

/** The first k elements of each step. */
export const limitK: Aggregation = async ({ columns }, { numbers }, { budget }) => {
  const kept = await filterables(columns, budget)
  for (const [step, count] of wholeCounts(numbers).entries()) {
    if (budget.isDue) await budget.pause()
    let left = count
    for (const { present } of kept) {
      if (present[step] === 1 && left-- <= 0) present[step] = 0
    }
  }
  return kept.filter(isPresent)
}

/** The elements whose hash falls below the ratio, or, for a negative ratio, those that its complement leaves out. */
export const limitRatio: Aggregation = async ({ columns }, { numbers }, { budget }) => {
  const kept: Column[] = []
  for (const column of columns) {
    if (budget.isDue) await budget.pause()
    const place = placeOf(column.labels)
    const result = filterable(column, budget)
    for (let step = 0; step < result.present.length; step++) {
      if (!isWithin(place, numbers[step] ?? 0)) result.present[step] = 0
    }
    if (isPresent(result)) kept.push(result)
  }
  return kept
}

/** Prometheus's remark on each ratio that is beyond -1 or 1. */
export function annotateRatios(ratios: Float64Array, at: { from: number; to: number }, evaluation: Evaluation): void {
  for (const ratio of ratios) {
    if (Math.abs(ratio) <= 1 || Number.isNaN(ratio)) continue
    const capped = `got ${formatG(ratio)}, capping to ${Math.sign(ratio)}`
    evaluation.annotate('warning', `PromQL warning: ratio value should be between -1 and 1, ${capped}`, at)
  }
}

/** Where a label set lies between 0 and 1: by Prometheus's own hash, so that it chooses the same elements. */
function placeOf(labels: Labels): number {
  const texts = labelNames(labels).flatMap((name) => [name, labels[name] ?? ''])
  return Number(xxhash64(Uint8Array.from(texts.flatMap(withLength)))) / 2 ** 64
}

/** A text in UTF-8 after its length: one byte, or 255 and three bytes. */
function withLength(text: string): number[] {
  const bytes = [...new TextEncoder().encode(text)]
  const { length } = bytes
  return length < 255 ? [length, ...bytes] : [255, length & 255, (length >> 8) & 255, length >> 16, ...bytes]
}

function isWithin(place: number, ratio: number): boolean {
  return ratio >= 0 ? place < ratio : place >= 1 + ratio
}
