'use client'
// Links among the boards.
import { useShell } from '../_state/shell'
import { useCarried } from '../_state/use-view'
import styles from './own-view.module.css'

/** The reader's own board in the URL; a file's name ends with `.json`. */
export const MINE = 'mine'

export function BoardLink({ board, children }: { board: string; children: string }) {
  const { doors } = useShell()
  const query = new URLSearchParams(useCarried())
  query.set('board', board)
  return <a href={`${doors.pages.boards}?${query}`}>{children}</a>
}

export function BackToBoards() {
  const { doors } = useShell()
  return (
    <a className={styles.back} href={doors.pages.boards + useCarried()}>
      ← All boards
    </a>
  )
}
