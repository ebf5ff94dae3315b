// What an answer cost, in words.
import { toCount, toDigits } from '../_format/digits'
import type { Remarks } from './promql-api'

/** `12 series, 3,456 samples, 4.1 ms`. Without the server's own figures, the time until the answer was here. */
export function toCostWords({ cost, isCut }: Pick<Remarks, 'cost' | 'isCut'>): string {
  const { series, samples, seconds, tookMs } = cost
  const time = seconds === undefined ? `${toDigits(tookMs)} ms with the way` : `${toDigits(seconds * 1000)} ms`
  const read = samples === undefined ? [] : [`${toCount(samples)} ${samples === 1 ? 'sample' : 'samples'}`]
  return [isCut ? `more than ${toCount(series)} series` : `${toCount(series)} series`, ...read, time].join(', ')
}
