// Which PromQL a board asks.
import type { Board, Panel } from './panel'
import type { Variables } from './substitute'
import { substitute } from './substitute'

/** Every PromQL string of the board once, in the order of its panels. */
export function boardExprs(board: Board, variables: Variables): string[] {
  const panels = board.places.flatMap((place) => place.panels)
  return [...new Set(panels.flatMap((panel) => panelExprs(panel, variables)))]
}

/** The PromQL strings of one panel, in the order of its queries. */
export function panelExprs(panel: Panel, variables: Variables): string[] {
  return panel.queries.map((query) => substitute(query.expr, variables))
}

/** The panel's PromQL as text to paste: each query on its own line, under a comment with its name if there are several. */
export function toClipboardText(panel: Panel, variables: Variables): string {
  const [only, ...others] = panel.queries
  if (only !== undefined && others.length === 0) return substitute(only.expr, variables)
  return panel.queries.map(({ expr, legend }) => `# ${legend}\n${substitute(expr, variables)}`).join('\n')
}
