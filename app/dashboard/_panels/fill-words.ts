// The variables of a board's words, as substitute.ts has those of its PromQL.
import { toSpan } from '../_format/time'

/** `$range` becomes `5 m`; `$target`, host and port of who is watched. */
export type Words = { rangeMs: number; target: string }

export function fillWords(text: string, { rangeMs, target }: Words): string {
  return text.replaceAll('$range', toSpan(rangeMs)).replaceAll('$target', target)
}
