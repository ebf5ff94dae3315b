// Functions of native histograms, which this app doesn't keep: of floats they have no result, as in Prometheus.
import type { Call } from '../ast'
import { argument } from '../ast'
import type { Evaluated, Evaluation } from '../evaluation'

export async function ofNativeHistograms(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  await evaluation.vector(argument(call, 0))
  return { type: 'vector', columns: [] }
}
