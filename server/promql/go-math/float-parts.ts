// Floats taken apart and put together, as the algorithms of Go's math package need it.

const view = new DataView(new ArrayBuffer(8))

/** `value` as fraction * 2 ** exponent, with a fraction from 0.5 up to 1. Zero and what is not finite stay as they are. */
export function frexp(value: number): { fraction: number; exponent: number } {
  if (value === 0 || !Number.isFinite(value)) return { fraction: value, exponent: 0 }
  const isSubnormal = Math.abs(value) < 2 ** -1022
  view.setFloat64(0, isSubnormal ? value * 2 ** 52 : value)
  const high = view.getUint32(0)
  const exponent = ((high >>> 20) & 0x7ff) - 1022 - (isSubnormal ? 52 : 0)
  view.setUint32(0, (high & ~(0x7ff << 20)) | (1022 << 20))
  return { fraction: view.getFloat64(0), exponent }
}

/** fraction * 2 ** exponent, also where that power of two is itself no float. */
export function ldexp(fraction: number, exponent: number): number {
  if (exponent > 1023) return ldexp(fraction * 2 ** 1023, Math.min(exponent - 1023, 2100))
  if (exponent < -1022)
    return Math.max(exponent, -2100) < -1022 ? fraction * 2 ** -1022 * 2 ** Math.max(exponent + 1022, -1074) : fraction
  return fraction * 2 ** exponent
}

/** a * b + c, rounded once: what processors call fused. For moderate sizes only: nothing here may overflow. */
export function fma(a: number, b: number, c: number): number {
  const product = a * b
  const sum = product + c
  const rest = sum - product
  const lost = product - (sum - rest) + (c - rest)
  return sum + (productError(a, b, product) + lost)
}

/** What rounding took from a product, by Dekker's method. */
function productError(a: number, b: number, product: number): number {
  const [aHigh, bHigh] = [upperHalf(a), upperHalf(b)]
  const [aLow, bLow] = [a - aHigh, b - bHigh]
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow
}

function upperHalf(value: number): number {
  const scaled = value * 134_217_729
  return scaled - (scaled - value)
}
