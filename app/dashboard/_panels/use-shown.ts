'use client'
// What is drawn of a board: its answers, live or of a time that stands still, with what happened meanwhile.
import { useMemo } from 'react'
import { annotationExprs, boardExprs } from '../_boards/board-exprs'
import type { Board } from '../_boards/panel'
import type { Variables } from '../_boards/substitute'
import { toAnnotations } from '../_charts/annotations'
import { toTimeFrame } from '../_charts/time-frame'
import type { LiveBoard, LiveState } from '../_live/live-board'
import { useLiveStart } from '../_live/live-provider'
import { useLiveBoard } from '../_live/use-live-board'
import { useShownTime } from '../_state/use-shown-time'
import type { View } from '../_state/view'
import type { Shown } from './shown'
import { useHeld } from './use-held'

type UseShownInput<B extends Board> = {
  drawn: B
  variables: Variables
  /** Where the time ends, if it stands still. */
  fixedMs: number | undefined
  /** What the server's clock said when it was asked last. */
  nowMs: number
  changeView: (change: Partial<View>) => void
  /** What else the panels are given. The same object for the same things. */
  watched: Omit<Shown, 'board' | 'frame' | 'annotations' | 'variables'>
}

type ShownBoard<B extends Board> = {
  /** After a change of the view the old picture stays until the new history is there. */
  shown: Shown & { drawn: B }
  state: LiveState
  /** The answers to the new question, as far as they are there. */
  board: LiveBoard
  endMs: number
  time: ReturnType<typeof useShownTime>
}

/** Asks all that the board asks, in one stream or one question. */
export function useShown<B extends Board>(input: UseShownInput<B>): ShownBoard<B> {
  const { drawn, variables, fixedMs, nowMs, changeView, watched } = input
  const { scrapeIntervalMs } = useLiveStart()
  const { rangeMs } = variables
  const asked = useMemo(() => boardExprs(drawn, variables), [drawn, variables])
  const board = useLiveBoard({ ...asked, rangeMs, endMs: fixedMs })
  const endMs = fixedMs ?? board.newestMs ?? nowMs
  const newest = useMemo(() => {
    const frame = toTimeFrame(endMs, variables.rangeMs)
    const annotations = toAnnotations(board, annotationExprs(drawn, variables), frame)
    return { ...watched, drawn, board, variables, frame, annotations }
  }, [watched, drawn, board, variables, endMs])
  const held = useHeld(newest, () => board.hasHistory)
  const state = board.state === 'connecting' ? held.board.state : board.state
  const shown = useMemo(
    () => (held.board.state === state ? held : { ...held, board: { ...held.board, state } }),
    [held, state],
  )
  const { startMs, endMs: shownEndMs } = shown.frame
  const time = useShownTime({ changeView, shownMs: [startMs, shownEndMs], fixedMs, scrapeIntervalMs, nowMs })
  return { shown, state, board, endMs, time }
}
