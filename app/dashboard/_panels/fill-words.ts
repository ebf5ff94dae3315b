// The variables of a board's words, as substitute.ts has those of its PromQL.
import type { Variables } from '../_boards/substitute'
import { rateIntervalMsOf } from '../_boards/substitute'
import { toSpan } from '../_format/time'

/**
 * `$range` becomes `5 m`; `$window`, `4 s`; `$target`, host and port of who is watched. Where the time stands still,
 * `last $range` is `5 m shown`.
 */
export type Words = { rangeMs: number; windowMs: number; target: string; isFixed?: boolean }

export function toWords(variables: Variables, target: string, isFixed = false): Words {
  return { rangeMs: variables.rangeMs, windowMs: rateIntervalMsOf(variables), target, isFixed }
}

export function fillWords(text: string, { isFixed, rangeMs, target, windowMs }: Words): string {
  return (isFixed === true ? text.replaceAll('last $range', '$range shown') : text)
    .replaceAll('$range', toSpan(rangeMs))
    .replaceAll('$window', toSpan(windowMs))
    .replaceAll('$target', target)
}
