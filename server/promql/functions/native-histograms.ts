// Functions of native histograms, which this app doesn't keep.
import type { Call } from '../ast'
import type { Evaluated } from '../evaluation'
import { PromqlError } from '../promql-error'

export async function needsNativeHistograms({ from, name, to }: Call): Promise<Evaluated> {
  throw new PromqlError(`${name}() needs native histograms, which are not supported`, from, to)
}
