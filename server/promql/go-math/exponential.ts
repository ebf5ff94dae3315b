// exp, logarithms and powers to the last digit of Go's, on which Prometheus stands: V8 rounds one in five otherwise.
// Sources: Go's math package, whose Exp on 64-bit Intel is SLEEF's, with fused multiplication, and whose Log is FreeBSD's.
import { fma, frexp, ldexp } from './float-parts'

const ln2High = 0.693147180559663
const ln2Low = 2.8235290563031577e-13
/** 1/9! up to 1/0!, which stand for themselves as floats. */
const taylor = [0.0001984126984126984, 0.001388888888888889, 0.008333333333333333, 0.041666666666666664, 1 / 6, 0.5, 1]

export function goExp(value: number): number {
  if (Number.isNaN(value) || value === Number.POSITIVE_INFINITY) return value
  if (value > 7.09782712893384e2) return Number.POSITIVE_INFINITY
  if (value < -745.2) return 0
  const exponent = roundToEven(value * Math.LOG2E)
  const reduced = fma(-exponent, ln2Low, fma(-exponent, ln2High, value)) * 0.0625
  let sum = 2.48015873015873e-5
  for (const coefficient of taylor) sum = fma(sum, reduced, coefficient)
  // exp(16 y) - 1 from exp(y) - 1: squared four times.
  let result = reduced * sum
  for (let i = 0; i < 3; i++) result *= result + 2
  return ldexp(fma(result + 2, result, 1), exponent)
}

function roundToEven(value: number): number {
  const below = Math.floor(value)
  const rest = value - below
  if (rest === 0.5) return below % 2 === 0 ? below : below + 1
  return rest < 0.5 ? below : below + 1
}

/** The natural logarithm. Of 0: -Inf; of less: NaN. */
export function goLog(value: number): number {
  if (Number.isNaN(value) || value === Number.POSITIVE_INFINITY) return value
  if (value <= 0) return value < 0 ? Number.NaN : Number.NEGATIVE_INFINITY
  let { exponent, fraction } = frexp(value)
  if (fraction < Math.SQRT1_2) {
    fraction *= 2
    exponent--
  }
  const f = fraction - 1
  const s = f / (2 + f)
  const s2 = s * s
  const s4 = s2 * s2
  const odd =
    s2 * (0.6666666666666735 + s4 * (0.2857142874366239 + s4 * (0.1818357216161805 + s4 * 0.14798198605116586)))
  const even = s4 * (0.3999999999940942 + s4 * (0.22222198432149784 + s4 * 0.15313837699209373))
  const half = 0.5 * f * f
  return exponent * 0.6931471803691238 - (half - (s * (half + (odd + even)) + exponent * 1.9082149292705877e-10) - f)
}

/** Exact for powers of two. */
export function goLog2(value: number): number {
  const { exponent, fraction } = frexp(value)
  return fraction === 0.5 ? exponent - 1 : goLog(fraction) * (1 / Math.LN2) + exponent
}

export function goLog10(value: number): number {
  return goLog(value) * Math.LOG10E
}

/** 1 to any power is 1, even to NaN; -1 to an infinite power is 1. Whole powers are products of squares. */
export function goPow(base: number, exponent: number): number {
  if (exponent === 0 || base === 1) return 1
  if (base === -1 && Math.abs(exponent) === Number.POSITIVE_INFINITY) return 1
  if (base === 0 || !Number.isFinite(base) || !Number.isFinite(exponent)) return base ** exponent
  if (Math.abs(exponent) === 0.5) return exponent > 0 ? Math.sqrt(base) : 1 / Math.sqrt(base)
  let whole = Math.trunc(Math.abs(exponent))
  let rest = Math.abs(exponent) - whole
  if (rest !== 0 && base < 0) return Number.NaN
  if (whole >= 2 ** 63) return base ** exponent
  if (rest > 0.5) {
    rest--
    whole++
  }
  return powered(base, whole, rest === 0 ? 1 : goExp(rest * goLog(base)), exponent < 0)
}

/** base ** whole * factor, or one over it, with fraction and exponent apart so that nothing overflows on the way. */
function powered(base: number, whole: number, factor: number, isInverse: boolean): number {
  let fraction = factor
  let exponent = 0
  let square = frexp(base)
  for (let left = whole; left !== 0; left = Math.floor(left / 2)) {
    if (Math.abs(square.exponent) > 4096) {
      exponent += square.exponent
      break
    }
    if (left % 2 === 1) {
      fraction *= square.fraction
      exponent += square.exponent
    }
    const squared = square.fraction * square.fraction
    const isSmall = squared < 0.5
    square = { fraction: isSmall ? squared * 2 : squared, exponent: square.exponent * 2 - (isSmall ? 1 : 0) }
  }
  return isInverse ? ldexp(1 / fraction, -exponent) : ldexp(fraction, exponent)
}
