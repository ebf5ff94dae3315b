// What a panel's thresholds say of its newest values, in words.
import type { Panel } from '../_boards/panel'
import type { Level } from '../_boards/thresholds'
import { toLevel, worstOf } from '../_boards/thresholds'
import { toText } from '../_format/unit'
import type { LiveBoard } from '../_live/live-board'
import type { Words } from './fill-words'
import { fillWords } from './fill-words'

/** `text` is short, `12% errors`; `window` the time that it is about, `last 1 m`; `index` which of the queries was judged;
 * `share` the value as a share of what is bad. */
export type Verdict = { level: Level; text: string; window: string; index: number; share: number }

/** The worst of the panel's judged queries, by level and then by how far it is beyond; undefined where none can be judged. */
export function toVerdict(
  { queries }: Pick<Panel, 'queries'>,
  exprs: readonly string[],
  board: LiveBoard,
  words: Words,
): Verdict | undefined {
  const verdicts = queries.flatMap(({ thresholds }, index): Verdict[] => {
    if (thresholds === undefined) return []
    const value = board.series(exprs[index] ?? '')[0]?.values.at(-1)
    const level = toLevel(value, thresholds)
    if (level === undefined) return []
    const text = thresholds.says.replace('$value', toText(value, thresholds.unit))
    const share = (value ?? 0) / thresholds.bad
    return [{ level, text, window: fillWords(thresholds.window, words), index, share }]
  })
  return worstOf(verdicts.toSorted((a, b) => b.share - a.share))
}

/** `12% errors, last 1 m` */
export function toVerdictTitle(verdict: Verdict | undefined): string {
  return verdict === undefined ? '' : `${verdict.text}, ${verdict.window}`
}

/** ` Errors: warning from 1%, bad from 5%.` for the panel's help; '' where it has no thresholds. */
export function toThresholdWords({ queries }: Pick<Panel, 'queries'>): string {
  const sentences = queries.flatMap(({ thresholds }) => {
    if (thresholds === undefined) return []
    const { bad, says, unit, warning } = thresholds
    const name = says.replace('$value', '').trim().replace(/ +/g, ' ')
    return [` ${name}: warning from ${toRound(warning, unit)}, bad from ${toRound(bad, unit)}.`]
  })
  return [...new Set(sentences)].join('').replace(/^ ./, (start) => start.toUpperCase())
}

const toRound = (value: number, unit: Panel['unit']) => toText(value, unit).replace(/\.0+(?!\d)/, '')
