// The worst that there is to say, for the title and the icon of the page, which are seen from another tab.

import { panelExprs } from '../_boards/board-exprs'
import type { Board } from '../_boards/panel'
import type { Variables } from '../_boards/substitute'
import type { Level } from '../_boards/thresholds'
import { worstOf } from '../_boards/thresholds'
import type { LiveBoard } from '../_live/live-board'
import { isCut } from '../_live/live-board'
import { toWords } from '../_panels/fill-words'
import { toVerdict } from '../_panels/verdict'
import type { Target } from '../_state/chosen-target'

export type Alarm = { level: Level; text: string }

type Watched = { asked: Board; board: LiveBoard; variables: Variables; chosen: Target | undefined }

/**
 * The first of the worst: no connection, the chosen target, then the panels in their order. Undefined where nothing can be
 * judged, as before the first request. What has stopped coming says nothing of now.
 */
export function toAlarm({ asked, board, variables, chosen }: Watched): Alarm | undefined {
  if (isCut(board)) return { level: 'bad', text: 'no new values' }
  if (chosen?.up === false) return { level: 'bad', text: 'target down' }
  const words = toWords(variables, '')
  const panels = asked.places.flatMap((place) => place.panels)
  return worstOf(panels.flatMap((panel) => toVerdict(panel, panelExprs(panel, variables), board, words) ?? []))
}

const SIGNS: Record<Level, string> = { good: '', warning: '▲ ', bad: '● ' }

/** `● 12% errors · Hearth`, or the page's own name while all is well. */
export function toTitle(alarm: Alarm | undefined, page: string): string {
  const text = alarm === undefined || alarm.level === 'good' ? page : SIGNS[alarm.level] + alarm.text
  return `${text} · Hearth`
}
