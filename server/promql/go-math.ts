// Where Go's math package answers otherwise than JavaScript's Math, and Prometheus's users see it.

/** Go's Pow: 1 to any power is 1, even to NaN, and -1 to an infinite power is 1. */
export function goPow(base: number, exponent: number): number {
  if (base === 1) return 1
  if (base === -1 && Math.abs(exponent) === Number.POSITIVE_INFINITY) return 1
  return base ** exponent
}

/** Go's Max: +Inf wins over NaN. */
export function goMax(a: number, b: number): number {
  return a === Number.POSITIVE_INFINITY || b === Number.POSITIVE_INFINITY ? Number.POSITIVE_INFINITY : Math.max(a, b)
}

/** Go's Min: -Inf wins over NaN. */
export function goMin(a: number, b: number): number {
  return a === Number.NEGATIVE_INFINITY || b === Number.NEGATIVE_INFINITY ? Number.NEGATIVE_INFINITY : Math.min(a, b)
}

export function goLog(value: number): number {
  return Math.log(value)
}
export function goLog2(value: number): number {
  return Math.log2(value)
}
export function goLog10(value: number): number {
  return Math.log10(value)
}
