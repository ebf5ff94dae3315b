// The way back from server/trpc/wire-value.ts.
import type { WireValue } from '@/server/trpc/wire-value'

export function fromWire(value: WireValue): number {
  if (value === '+Inf') return Number.POSITIVE_INFINITY
  if (value === '-Inf') return Number.NEGATIVE_INFINITY
  return Number(value)
}
