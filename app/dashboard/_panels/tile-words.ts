// The words of a headline tile: its number, and the sentence under it. Each number names its time window, and is compared
// only with a range that is stored.
import type { Panel } from '../_boards/panel'
import { toCount, toDigits } from '../_format/digits'
import { toSpan } from '../_format/time'
import type { Reading } from '../_format/unit'
import { toReading, toText } from '../_format/unit'
import type { LiveBoard } from '../_live/live-board'
import type { Words } from './fill-words'
import { fillWords } from './fill-words'
import type { Verdict } from './verdict'
import { toVerdict } from './verdict'

export type TileWords = {
  reading: Reading
  caption: string
  /** `11,460 since start`, where the tile counts something. */
  total: string | undefined
  verdict: Verdict | undefined
}

/** From here on a number to the last digit has no room on a tile; the panel of the count has it. */
const MOST_COUNTED = 1e8

/** The legends of a tile's queries say what each is for; `value` is the headline, or `now` where there is no `value`. */
export function toTileWords(panel: Panel, exprs: readonly string[], board: LiveBoard, words: Words): TileWords {
  const newest = (legend: string) => {
    const expr = exprs[panel.queries.findIndex((query) => query.legend === legend)]
    return expr === undefined ? undefined : (board.series(expr)[0]?.values.at(-1) ?? undefined)
  }
  const has = (legend: string) => panel.queries.some((query) => query.legend === legend)
  const value = newest(has('value') ? 'value' : 'now')
  const total = newest('total')
  const verdict = toVerdict(panel, exprs, board, words)
  return {
    reading: toReading(value, panel.unit),
    caption: toCaption(),
    total: total === undefined ? undefined : `${total < MOST_COUNTED ? toCount(total) : toDigits(total)} since start`,
    verdict,
  }

  function toCaption(): string {
    const before = newest('before')
    const isRemembered = newest('remembered') !== undefined && before !== undefined && !Number.isNaN(before)
    const time = fillWords(panel.subtitle, words)
    if (has('streams')) return `${time}${toStreams(newest('streams'))}`
    // Why the tile is marked, where its own number doesn't say so.
    if (panel.queries[verdict?.index ?? -1]?.legend === 'minute' && verdict?.level !== 'good') {
      return `${time}; ${toText(newest('minute'), panel.unit)} in the ${verdict?.window}`
    }
    if (!isRemembered || value === undefined) return time
    const span = toSpan(words.rangeMs)
    if (panel.unit === 'perSecond') return `${time}; ${toChange(value, before, span)}`
    return `${time}; ${toText(before, panel.unit)} in the ${span} before`
  }
}

/** `12% more than in the 5 m before`, `same as in the 5 m before`, `3.4 times as many as in the 5 m before`. */
export function toChange(mean: number, before: number, span: string): string {
  if (before === 0) return `none in the ${span} before`
  const ratio = mean / before
  if (ratio >= 3) return `${toDigits(ratio)} times as many as in the ${span} before`
  const percent = Math.round((ratio - 1) * 100)
  if (percent === 0) return `same as in the ${span} before`
  return `${Math.abs(percent)}% ${percent > 0 ? 'more' : 'fewer'} than in the ${span} before`
}

function toStreams(streams: number | undefined): string {
  if (streams === undefined || streams === 0) return ''
  return `, +${toCount(streams)} ${streams === 1 ? 'stream' : 'streams'}`
}
