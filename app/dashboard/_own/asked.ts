// Which panels of a long board are asked: the server takes so many expressions in one question, and each costs at every tick.

import type { BoardExprs } from '../_boards/board-exprs'
import { panelExprs } from '../_boards/board-exprs'
import type { OwnPanel } from '../_boards/own-board'
import type { Variables } from '../_boards/substitute'

/** What the server takes (server/trpc/inputs.ts), without what all boards mark: starts and builds, and notes. */
const MOST_EXPRS = 48 - 2
const MOST_INSTANT = 48 - 1

/** By panel, in the board's order. */
export type Questions = ReadonlyMap<string, BoardExprs>

export function questionsOf(panels: readonly OwnPanel[], variables: Variables): Questions {
  return new Map(
    panels.map(({ panel }) => {
      const exprs = panelExprs(panel, variables)
      const isInstant = (i: number) => panel.queries[i]?.isInstant === true
      return [
        panel.id,
        { exprs: exprs.filter((_, i) => !isInstant(i)), instantExprs: exprs.filter((_, i) => isInstant(i)) },
      ] as const
    }),
  )
}

/**
 * The ids of those that are asked. As long as all that are on the screen are among `before`, these stay, so that scrolling asks
 * nothing anew; else those on the screen come first, then those after them, then what was asked before.
 */
export function choosePanels(questions: Questions, onScreen: ReadonlySet<string>, before: readonly string[]): string[] {
  const ids = [...questions.keys()]
  const kept = before.filter((id) => questions.has(id))
  const seen = ids.filter((id) => onScreen.has(id))
  if (withinBound(questions, ids).length === ids.length) return ids
  if (kept.length > 0 && kept.length === before.length && seen.every((id) => kept.includes(id))) return kept
  const last = ids.indexOf(seen.at(-1) ?? '')
  return withinBound(questions, [...new Set([...seen, ...ids.slice(last + 1), ...kept, ...ids])])
}

/** As many of them, in this order, as one question takes. */
function withinBound(questions: Questions, ids: readonly string[]): string[] {
  const [exprs, instantExprs] = [new Set<string>(), new Set<string>()]
  return ids.filter((id) => {
    const question = questions.get(id)
    if (question === undefined) return false
    const more = (known: ReadonlySet<string>, next: readonly string[]) => new Set([...known, ...next]).size
    if (more(exprs, question.exprs) > MOST_EXPRS || more(instantExprs, question.instantExprs) > MOST_INSTANT)
      return false
    for (const expr of question.exprs) exprs.add(expr)
    for (const expr of question.instantExprs) instantExprs.add(expr)
    return true
  })
}

/** What these ask together with what all boards mark. */
export function exprsOf(questions: Questions, ids: readonly string[], marks: BoardExprs): BoardExprs {
  const all = ids.flatMap((id) => questions.get(id) ?? [])
  const exprs = new Set([...all.flatMap((one) => one.exprs), ...marks.exprs])
  const instantExprs = new Set([...all.flatMap((one) => one.instantExprs), ...marks.instantExprs])
  return { exprs: [...exprs], instantExprs: [...instantExprs].filter((expr) => !exprs.has(expr)) }
}
