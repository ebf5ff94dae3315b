import { expect, test } from 'vitest'
import { overview } from '../_boards/overview'
import { substitute } from '../_boards/substitute'
import { fillQuery } from '../_explore/fill-query'
import { parseExplore } from '../_explore/parse-explore'
import { toExploreLink } from './explore-link'
import { toVariables } from './to-variables'
import { DEFAULT_VIEW, parseView, toViewQuery } from './view'

const view = {
  ...DEFAULT_VIEW,
  rangeMs: 900_000,
  route: '/users/[id]',
  sort: '-p95',
  window: { from: '1000', to: '901000' },
}
const variables = toVariables(view, 1000, 'job="shop",instance="shop:3000"')
const panels = overview.places.flatMap((place) => place.panels)

test.each(panels.map((panel) => [panel.id, panel] as const))('%s is asked in Explore as on the board', (_, panel) => {
  const query = new URLSearchParams(toExploreLink(panel, variables, view))
  const { queries, show } = parseExplore(query)
  const drawn = panel.queries.filter(({ isInstant }) => show === 'table' || isInstant !== true)
  expect(queries.map(({ expr }) => fillQuery(expr, variables).expr)).toEqual(
    drawn.map(({ expr }) => substitute(expr, variables)),
  )
  expect(queries.map(({ legend }) => legend)).toEqual(drawn.map(({ legend }) => legend))
  expect(parseView(toViewQuery(query))).toEqual({ ...view, sort: undefined })
})

test('what depends on the range still does', () => {
  const panel = panels.find(({ id }) => id === 'requests-by-route')
  const query = new URLSearchParams(panel && toExploreLink(panel, variables, view))
  expect(query.get('g0.expr')).toContain('[$__rate_interval]')
  expect(query.get('chart')).toBe('stack')
})
