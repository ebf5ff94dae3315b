// A snapshot for the browser: the same shape, its numbers as WireValue.
import type { Exemplar, Family, Sample, Snapshot } from '../exposition/snapshot'
import type { WireValue } from './wire-value'
import { toWire } from './wire-value'

type WireExemplar = Omit<Exemplar, 'value'> & { value: WireValue }
type WireSample = Omit<Sample, 'value' | 'exemplar'> & { value: WireValue; exemplar?: WireExemplar }
export type WireSnapshot = Omit<Snapshot, 'families'> & {
  families: (Omit<Family, 'samples'> & { samples: WireSample[] })[]
}

export function toWireSnapshot({ takenAtMs, families }: Snapshot): WireSnapshot {
  return { takenAtMs, families: families.map((family) => ({ ...family, samples: family.samples.map(toWireSample) })) }
}

function toWireSample({ value, exemplar, ...sample }: Sample): WireSample {
  const wire = { ...sample, value: toWire(value) }
  return exemplar ? { ...wire, exemplar: { ...exemplar, value: toWire(exemplar.value) } } : wire
}
