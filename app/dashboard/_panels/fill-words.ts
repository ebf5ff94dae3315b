// The variables of a board's words, as substitute.ts has those of its PromQL.
import type { Variables } from '../_boards/substitute'
import { rateIntervalMsOf } from '../_boards/substitute'
import { toSpan } from '../_format/time'

/** `$range` becomes `5 m`; `$window`, `4 s`; `$target`, host and port of who is watched. */
export type Words = { rangeMs: number; windowMs: number; target: string }

export function toWords(variables: Variables, target: string): Words {
  return { rangeMs: variables.rangeMs, windowMs: rateIntervalMsOf(variables), target }
}

export function fillWords(text: string, { rangeMs, target, windowMs }: Words): string {
  return text
    .replaceAll('$range', toSpan(rangeMs))
    .replaceAll('$window', toSpan(windowMs))
    .replaceAll('$target', target)
}
