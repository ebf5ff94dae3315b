// The one variable of a board's words.
import { toSpan } from '../_format/time'

/** `last $range` becomes `last 5 m`. */
export function withRange(text: string, rangeMs: number): string {
  return text.replaceAll('$range', toSpan(rangeMs))
}
