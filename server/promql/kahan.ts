// Kahan's summation in Neumaier's form, as Prometheus sums: https://en.wikipedia.org/wiki/Kahan_summation_algorithm

/** A running sum; its value is `sum + compensation`. */
export type KahanSum = { sum: number; compensation: number }

/** Adds `value` to the running sum, in place. */
export function kahanAdd(into: KahanSum, value: number): void {
  const { sum } = into
  const total = sum + value
  if (total === Number.POSITIVE_INFINITY || total === Number.NEGATIVE_INFINITY) into.compensation = 0
  else if (Math.abs(sum) >= Math.abs(value)) into.compensation += sum - total + value
  else into.compensation += value - total + sum
  into.sum = total
}

/**
 * The mean of `count` values. It sums up and divides, unless the sum overflows: from there on it moves the mean by each
 * value's share, so that large values still have a finite mean.
 */
export function kahanMean(count: number, valueAt: (i: number) => number): number {
  const running: KahanSum = { sum: valueAt(0), compensation: 0 }
  let isIncremental = false
  for (let i = 1; i < count; i++) {
    const value = valueAt(i)
    const n = i + 1
    if (!isIncremental) {
      const { sum, compensation } = running
      kahanAdd(running, value)
      if (Math.abs(running.sum) !== Number.POSITIVE_INFINITY) continue
      isIncremental = true
      running.sum = sum / i
      running.compensation = compensation / i
    }
    const share = i / n
    running.sum *= share
    running.compensation *= share
    kahanAdd(running, value / n)
  }
  return isIncremental ? running.sum + running.compensation : running.sum / count + running.compensation / count
}
