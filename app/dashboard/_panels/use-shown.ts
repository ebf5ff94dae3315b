'use client'
// What is drawn of a board: its answers, live or of a time that stands still, with what happened meanwhile.
import { useMemo } from 'react'
import type { PageFrameProps } from '../_bar/page-frame'
import type { BoardExprs } from '../_boards/board-exprs'
import { annotationExprs } from '../_boards/board-exprs'
import type { Board } from '../_boards/panel'
import type { Variables } from '../_boards/substitute'
import { toAnnotations } from '../_charts/annotations'
import { toTimeFrame } from '../_charts/time-frame'
import type { LiveBoard } from '../_live/live-board'
import { useLive } from '../_live/live-provider'
import { useLiveBoard } from '../_live/use-live-board'
import type { Page } from '../_state/use-page'
import { useShownTime } from '../_state/use-shown-time'
import type { Shown } from './shown'
import { useHeld } from './use-held'

type Drawn = Pick<Board, 'annotations'>

type UseShownInput<B extends Drawn> = {
  page: Page
  drawn: B
  variables: Variables
  /** All that is drawn asks this, and nothing else does. */
  asked: BoardExprs
  /** What else the panels are given, and `target` and its like, which are the page's. */
  more?: Partial<Pick<Shown, 'demo' | 'sort' | 'onSort'>>
}

type ShownBoard<B extends Drawn> = {
  /** After a change of the view the old picture stays until the new history is there. */
  shown: Shown & { drawn: B }
  /** The answers to the new question, as far as they are there. */
  board: LiveBoard
  /** What the bar says of it. */
  bar: Pick<PageFrameProps, 'state' | 'newestMs' | 'everyMs' | 'endMs' | 'time'>
}

/** Asks all that the board asks, in one stream or one question. */
export function useShown<B extends Drawn>({ page, drawn, variables, asked, more }: UseShownInput<B>): ShownBoard<B> {
  const { changeView, fixedMs, isDown, isThisApp, status, sumOf, target } = page
  const { demo, sort, onSort = ignore } = more ?? {}
  const { nowMs } = status
  const { scrapeIntervalMs } = useLive()
  const { rangeMs } = variables
  const board = useLiveBoard({ ...asked, rangeMs, endMs: fixedMs })
  const endMs = fixedMs ?? board.newestMs ?? nowMs
  const newest = useMemo(() => {
    const frame = toTimeFrame(endMs, variables.rangeMs)
    const annotations = toAnnotations(board, annotationExprs(drawn, variables), frame)
    return { drawn, board, variables, frame, annotations, target, sumOf, isThisApp, isDown, demo, sort, onSort }
  }, [drawn, board, variables, endMs, target, sumOf, isThisApp, isDown, demo, sort, onSort])
  const held = useHeld(newest, () => board.hasHistory)
  const state = board.state === 'connecting' ? held.board.state : board.state
  const shown = useMemo(
    () => (held.board.state === state ? held : { ...held, board: { ...held.board, state } }),
    [held, state],
  )
  const { startMs, endMs: shownEndMs } = shown.frame
  const time = useShownTime({ changeView, shownMs: [startMs, shownEndMs], fixedMs, scrapeIntervalMs, nowMs })
  const bar = { state, newestMs: shown.board.newestMs, everyMs: board.everyMs ?? scrapeIntervalMs, endMs, time }
  return { shown, board, bar }
}

const ignore = () => {}
