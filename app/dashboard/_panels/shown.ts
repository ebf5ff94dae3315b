// What every panel is given: the numbers, the time they are drawn over, and what the reader has chosen.
import type { Variables } from '../_boards/substitute'
import type { Annotation } from '../_charts/annotations'
import type { TimeFrame } from '../_charts/time-frame'
import type { LiveBoard } from '../_live/live-board'

export type Shown = {
  board: LiveBoard
  frame: TimeFrame
  /** What happened in that time. */
  annotations: readonly Annotation[]
  variables: Variables
  /** Host and port of who is watched. */
  target: string
  /** What gauges are added up of, where that is more than one process. */
  sumOf?: string | undefined
  /** Whether that is the process that serves the page. */
  isThisApp: boolean
  /** Whether its last scrape failed. */
  isDown?: boolean
  /** The command that shows a board with traffic, where there is one. */
  demo?: string
  /** The order of the route table, as in the URL. */
  sort: string | undefined
  onSort: (sort: string | undefined) => void
}
