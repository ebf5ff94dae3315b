// Which PromQL a board asks.
import type { Board, BoardAnnotations, Panel, Query } from './panel'
import type { Variables } from './substitute'
import { substitute } from './substitute'

/** Every PromQL string of a board once: those of which lines are drawn, and those of which only the newest value is shown. */
export type BoardExprs = { exprs: string[]; instantExprs: string[] }

export function boardExprs(board: Board, variables: Variables): BoardExprs {
  const { starts, builds, notes } = board.annotations
  const queries: Pick<Query, 'expr' | 'isInstant'>[] = [
    ...board.places.flatMap((place) => place.panels).flatMap((panel) => panel.queries),
    { expr: starts },
    { expr: builds },
    { expr: notes, isInstant: true },
  ]
  const distinct = (chosen: readonly Pick<Query, 'expr'>[]) =>
    new Set(chosen.map(({ expr }) => substitute(expr, variables)))
  const exprs = distinct(queries.filter(({ isInstant }) => isInstant !== true))
  const instantExprs = distinct(queries.filter(({ isInstant }) => isInstant === true))
  return { exprs: [...exprs], instantExprs: [...instantExprs].filter((expr) => !exprs.has(expr)) }
}

/** The PromQL of what the board's charts mark. */
export function annotationExprs({ annotations }: Pick<Board, 'annotations'>, variables: Variables): BoardAnnotations {
  const { starts, builds, notes } = annotations
  const fill = (expr: string) => substitute(expr, variables)
  return { starts: fill(starts), builds: fill(builds), notes: fill(notes) }
}

/** The PromQL strings of one panel, in the order of its queries. */
export function panelExprs(panel: Panel, variables: Variables): string[] {
  return panel.queries.map((query) => substitute(query.expr, variables))
}
