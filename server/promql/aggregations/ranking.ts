// topk and bottomk: which columns of a group stay, at each step.
import { sorted } from '../../sorted'
import type { Column, Values } from '../columns'
import { filterables, isPresent } from '../columns'
import { PromqlError } from '../promql-error'
import { formatG } from '../quantile'
import type { Aggregation } from './group'

/** How many columns are looked at before the clock is. */
const RANKED_AT_ONCE = 64

/** Whether `a` is farther from the top than `b`. */
type IsWorse = (a: number, b: number) => boolean

/** NaN is farthest from the top, and from the bottom. */
export const topK = keeping((a, b) => Number.isNaN(a) || a < b)
export const bottomK = keeping((a, b) => Number.isNaN(a) || a > b)

/** k of each step as a whole number. Throws PromqlError where it is none, unless k is below 1 everywhere. */
export function wholeCounts(numbers: Values): Float64Array {
  if (numbers.every((k) => k < 1)) return new Float64Array(numbers.length)
  return numbers.map((k) => {
    if (Math.abs(k) < 2 ** 63) return Math.trunc(k)
    throw new PromqlError(`Scalar value ${formatG(k)} overflows int64`, 0, 0)
  })
}

/**
 * The best k columns of each step; of an instant query best first. Equal values are kept and ordered as Prometheus does,
 * by a heap that has the worst of the kept at its root.
 */
function keeping(isWorse: IsWorse): Aggregation {
  return async (group, { numbers }, { budget, steps }) => {
    const counts = wholeCounts(numbers)
    const columns = await filterables(group.columns, budget)
    let order = columns
    for (let step = 0; step < steps.count; step++) {
      if (budget.isDue) await budget.pause()
      const present = columns.filter((column) => column.present[step] === 1)
      const best = await budget.finish(bestOf(present, Math.min(counts[step] ?? 0, present.length), step, isWorse))
      for (const column of present) column.present[step] = 0
      for (const column of best) column.present[step] = 1
      if (steps.count === 1) order = best
    }
    return order.filter(isPresent)
  }
}

function* bestOf<C extends Column>(
  columns: readonly C[],
  count: number,
  step: number,
  isWorse: IsWorse,
): Generator<void, C[]> {
  const valueAt = (column: C | undefined) => column?.values[step] ?? 0
  const heap: C[] = []
  for (const [i, column] of columns.entries()) {
    if (i % RANKED_AT_ONCE === RANKED_AT_ONCE - 1) yield
    const value = valueAt(column)
    const worst = valueAt(heap[0])
    if (heap.length < count) {
      heap.push(column)
      siftUp(heap, (a, b) => isWorse(valueAt(a), valueAt(b)))
    } else if (count > 0 && isWorse(worst, value) && !Number.isNaN(value)) {
      heap[0] = column
      siftDown(heap, (a, b) => isWorse(valueAt(a), valueAt(b)))
    }
  }
  return yield* sorted(heap, (a, b) => (isWorse(valueAt(b), valueAt(a)) ? -1 : isWorse(valueAt(a), valueAt(b)) ? 1 : 0))
}

function siftUp<T>(heap: T[], isLess: (a: T | undefined, b: T | undefined) => boolean): void {
  let child = heap.length - 1
  while (child > 0) {
    const parent = (child - 1) >> 1
    if (!isLess(heap[child], heap[parent])) return
    swap(heap, child, parent)
    child = parent
  }
}

function siftDown<T>(heap: T[], isLess: (a: T | undefined, b: T | undefined) => boolean): void {
  let parent = 0
  for (;;) {
    const left = 2 * parent + 1
    if (left >= heap.length) return
    const right = left + 1
    const child = right < heap.length && isLess(heap[right], heap[left]) ? right : left
    if (!isLess(heap[child], heap[parent])) return
    swap(heap, child, parent)
    parent = child
  }
}

function swap<T>(heap: T[], i: number, j: number): void {
  const [a, b] = [heap[i], heap[j]]
  if (a === undefined || b === undefined) return
  heap[i] = b
  heap[j] = a
}
