'use client'
// Boards of the reader's own: the list of them, one from a file, or the one of pins. Which one stands in the URL.
import { useShell } from '../_state/shell'
import { MINE } from './board-link'
import { BoardList } from './board-list'
import { FileBoard } from './file-board'
import { MyBoard } from './my-board'

/** The page comes without a history: what a board asks is known when its file is read. */
export function Boards() {
  const { query } = useShell()
  const board = new URLSearchParams(query).get('board')
  if (board === null) return <BoardList />
  return board === MINE ? <MyBoard /> : <FileBoard key={board} name={board} />
}
