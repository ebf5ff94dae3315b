'use client'
// When a panel's queries fail, its last picture stays, and the reason is shown beside it.
import { useMemo } from 'react'
import type { Shown } from './shown'
import { useHeld } from './use-held'

/** `shown`, or what was shown when all of `exprs` had an answer, with the state and the errors of now. */
export function useAnswered(shown: Shown, exprs: readonly string[]): Shown {
  const isAnswered = ({ board }: Shown) => exprs.every((expr) => board.error(expr) === undefined)
  const held = useHeld(shown, (last) => isAnswered(shown) || !isAnswered(last) || last.variables !== shown.variables)
  return useMemo(() => {
    const { state, error } = shown.board
    return held === shown ? shown : { ...held, board: { ...held.board, state, error } }
  }, [held, shown])
}
