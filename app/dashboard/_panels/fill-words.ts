// The variables of a board's words, as substitute.ts has those of its PromQL.
import type { Panel } from '../_boards/panel'
import type { Variables } from '../_boards/substitute'
import { minuteMsOf, rateIntervalMsOf } from '../_boards/substitute'
import { toSpan } from '../_format/time'

/**
 * `$range` becomes `5 m`; `$window`, `4 s`; `$minute`, `1 m`; `$target`, host and port of who is watched; `$demo`, how to
 * see a board that is full, where there is such a command. Where the time stands still, `last $range` is `5 m shown`, and
 * `last $minute` the `last 1 m shown`.
 */
export type Words = {
  rangeMs: number
  windowMs: number
  minuteMs: number
  target: string
  isFixed?: boolean
  demo?: string
  /** What a gauge is added up of, such as `3 instances`. */
  sumOf?: string | undefined
}

export function toWords(
  variables: Variables,
  target: string,
  told: Pick<Words, 'isFixed' | 'demo' | 'sumOf'> = {},
): Words {
  const { rangeMs } = variables
  return { rangeMs, windowMs: rateIntervalMsOf(variables), minuteMs: minuteMsOf(variables), target, ...told }
}

export function fillWords(text: string, { isFixed, rangeMs, windowMs, minuteMs, target, demo }: Words): string {
  const told =
    isFixed === true
      ? text.replaceAll('last $range', '$range shown').replaceAll('last $minute', 'last $minute shown')
      : text
  return told
    .replaceAll('$range', toSpan(rangeMs))
    .replaceAll('$window', toSpan(windowMs))
    .replaceAll('$minute', toSpan(minuteMs))
    .replaceAll('$target', target)
    .replaceAll('$demo', demo === undefined ? '' : `, or see one that is used: \`${demo}\``)
}

/** A panel's subtitle: of several processes it says what its number is. */
export function subtitleOf({ of, subtitle }: Pick<Panel, 'of' | 'subtitle'>, words: Words): string {
  const filled = fillWords(subtitle, words)
  return of === undefined || words.sumOf === undefined ? filled : `${filled}, ${of} of ${words.sumOf}`
}
