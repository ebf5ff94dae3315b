// From a panel of a board to Explore: what it draws, at the time and with the filters that are chosen.
import type { Panel } from '../_boards/panel'
import type { Variables } from '../_boards/substitute'
import { substituteScope } from '../_boards/substitute'
import type { ExploreView } from './explore-query'
import { toExploreQuery } from './explore-query'
import type { View } from './view'
import { toCarried, toQuery } from './view'

const UNITS: Partial<Record<Panel['unit'], ExploreView['unit']>> = {
  seconds: 'seconds',
  bytes: 'bytes',
  megabytes: 'bytes',
  percent: 'percent',
}

/**
 * The URL's query, with its `?`. A panel that draws nothing over time is a table there. The variables of time stay, so that the
 * same is asked of another range.
 */
export function toExploreLink({ chart, queries, unit }: Panel, variables: Variables, view: View): string {
  const drawn = queries.filter(({ isInstant }) => isInstant !== true)
  const asked = drawn.length > 0 ? drawn : queries
  return toExploreQuery(
    {
      queries: asked.map(({ expr, legend }) => ({ expr: substituteScope(expr, variables), legend, isOff: false })),
      show: drawn.length > 0 ? 'graph' : 'table',
      drawing: chart === 'stack' ? 'stack' : 'auto',
      unit: UNITS[unit] ?? 'plain',
      step: 'auto',
    },
    toQuery(toCarried(view)),
  )
}
