// The words of a headline tile: its number, and the sentence under it. It compares only with a range that is stored.
import type { Panel } from '../_boards/panel'
import { toCount, toDigits } from '../_format/digits'
import type { Reading } from '../_format/unit'
import { toReading, toText } from '../_format/unit'
import type { LiveBoard } from '../_live/live-board'
import type { Words } from './fill-words'
import { fillWords } from './fill-words'

export type TileWords = {
  reading: Reading
  caption: string
  /** `11,460`, where the tile counts something. */
  total: string | undefined
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
  return {
    reading: toReading(value, panel.unit),
    caption: toCaption(),
    total: total === undefined ? undefined : total < MOST_COUNTED ? toCount(total) : toDigits(total),
  }

  function toCaption(): string {
    const before = newest('before')
    const isRemembered = newest('remembered') !== undefined && before !== undefined && !Number.isNaN(before)
    const time = fillWords(panel.subtitle, words)
    if (has('streams')) return `${time}${toStreams(newest('streams'))}`
    if (!isRemembered || value === undefined) return time
    return `${time}; ${panel.unit === 'perSecond' ? toChange(value, before) : `${toText(before, panel.unit)} before`}`
  }
}

/** `12% more than before`, `same as before`, `3.4 times as many as before`. */
export function toChange(mean: number, before: number): string {
  if (before === 0) return mean === 0 ? 'none, as before' : 'none before'
  const ratio = mean / before
  if (ratio >= 3) return `${toDigits(ratio)} times as many as before`
  const percent = Math.round((ratio - 1) * 100)
  if (percent === 0) return 'same as before'
  return `${Math.abs(percent)}% ${percent > 0 ? 'more' : 'fewer'} than before`
}

function toStreams(streams: number | undefined): string {
  if (streams === undefined || streams === 0) return ''
  return `, +${toCount(streams)} ${streams === 1 ? 'stream' : 'streams'}`
}
