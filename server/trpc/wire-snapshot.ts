// A snapshot for the browser: the same shape, its numbers as WireValue.
import type { Exemplar, Family, Sample, Snapshot } from '../exposition/snapshot'
import type { MemoryShare } from '../memory-pool'
import { PromqlError } from '../promql/promql-error'
import type { WireValue } from './wire-value'
import { toWire } from './wire-value'

type WireExemplar = Omit<Exemplar, 'value'> & { value: WireValue }
type WireSample = Omit<Sample, 'value' | 'exemplar'> & { value: WireValue; exemplar?: WireExemplar }
export type WireSnapshot = Omit<Snapshot, 'families'> & {
  families: (Omit<Family, 'samples'> & { samples: WireSample[] })[]
}

/** What a sample takes beside its labels, which are the snapshot's own. */
const SAMPLE_BYTES = 192

/** In steps, for Turns.finish. Throws PromqlError where there is no memory for it. */
export function* wireSnapshot(
  { takenAtMs, families }: Snapshot,
  memory: MemoryShare,
): Generator<undefined, WireSnapshot> {
  const sampleCount = families.reduce((sum, { samples }) => sum + samples.length, 0)
  const refusal = memory.take(sampleCount * SAMPLE_BYTES)
  if (refusal !== undefined) throw new PromqlError(refusal, 0, 0)
  const wire: WireSnapshot = { takenAtMs, families: [] }
  for (const family of families) {
    const samples: WireSample[] = []
    for (const sample of family.samples) {
      samples.push(toWireSample(sample))
      yield
    }
    wire.families.push({ ...family, samples })
  }
  return wire
}

function toWireSample({ value, exemplar, ...sample }: Sample): WireSample {
  const wire = { ...sample, value: toWire(value) }
  return exemplar ? { ...wire, exemplar: { ...exemplar, value: toWire(exemplar.value) } } : wire
}
