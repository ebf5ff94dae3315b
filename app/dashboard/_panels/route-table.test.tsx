// @vitest-environment happy-dom
import { act, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { panelExprs } from '../_boards/board-exprs'
import { overview } from '../_boards/overview'
import { ShellContext } from '../_state/shell'
import { toVariables } from '../_state/to-variables'
import { DEFAULT_VIEW } from '../_state/view'
import { inventBoard } from './invented-board'
import { RouteTable } from './route-table'

const panel = overview.places.flatMap((place) => place.panels).find(({ chart }) => chart === 'routes')
const go = vi.fn()
const shell = {
  doors: {
    pages: { overview: '', explore: '', metrics: '', boards: '', errors: '' },
    trpc: '',
    metrics: '',
    prometheus: '',
  },
  ownRoutes: '',
  icons: { warning: '', bad: '' },
  pathname: '/dashboard',
  query: '',
  go,
}

/** The order is held where the page holds it in the URL. */
function Table({ chosenRoute }: { chosenRoute: string | undefined }) {
  const [sort, onSort] = useState<string | undefined>()
  if (panel === undefined) throw new Error('The overview has no route table.')
  const exprs = panelExprs(panel, toVariables(DEFAULT_VIEW, 1000, 'job="hearth"'))
  const board = inventBoard(1e12)
  return (
    <ShellContext value={shell}>
      <RouteTable {...{ panel, exprs, board, chosenRoute, sort, onSort }} />
    </ShellContext>
  )
}

function show(chosenRoute?: string): HTMLElement {
  const place = document.createElement('div')
  act(() => createRoot(place).render(<Table chosenRoute={chosenRoute} />))
  return place
}

const button = (place: HTMLElement, name: RegExp) => {
  const found = [...place.querySelectorAll('button')].find(({ textContent }) => name.test(textContent ?? ''))
  if (found === undefined) throw new Error(`There is no button ${name}.`)
  return found
}
const link = (place: HTMLElement, name: RegExp) => {
  const found = [...place.querySelectorAll('a')].find(({ textContent }) => name.test(textContent ?? ''))
  return found ?? expect.fail(`There is no link ${name}.`)
}
const press = (place: HTMLElement, name: RegExp) => act(() => button(place, name).click())
const routesOf = (place: HTMLElement) => [...place.querySelectorAll('tbody code')].map(({ textContent }) => textContent)
const sortOf = (place: HTMLElement, name: RegExp) => button(place, name).closest('th')?.getAttribute('aria-sort')

describe('the route table', () => {
  beforeEach(() => {
    vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
    go.mockClear()
    return () => vi.unstubAllGlobals()
  })

  test('begins with the busiest route', () => {
    const place = show()
    expect(routesOf(place)).toEqual(['(unmatched)', '/users/[id]', '/'])
    expect(sortOf(place, /^Rate/)).toBe('descending')
  })

  test('sorts by a header, and the other way round at the second press', () => {
    const place = show()
    press(place, /^Route/)
    expect(routesOf(place)).toEqual(['(unmatched)', '/', '/users/[id]'])
    expect([sortOf(place, /^Route/), sortOf(place, /^Rate/)]).toEqual(['ascending', 'none'])
    press(place, /^Route/)
    expect(routesOf(place)).toEqual(['/users/[id]', '/', '(unmatched)'])
    expect(sortOf(place, /^Route/)).toBe('descending')
  })

  test('chooses a route by its link, once', () => {
    const users = link(show(), /users/)
    expect(users.getAttribute('href')).toBe('/dashboard?route=%2Fusers%2F%5Bid%5D')
    act(() => users.click())
    expect(go.mock.calls).toEqual([['/dashboard?route=%2Fusers%2F%5Bid%5D']])
  })

  test('chooses a route by its row', () => {
    const place = show()
    act(() => place.querySelector<HTMLElement>('tbody td')?.click())
    expect(go.mock.calls).toEqual([['/dashboard?route=%28unmatched%29']])
  })

  test('lets go of the chosen route', () => {
    const place = show('/users/[id]')
    const users = link(place, /users/)
    expect(users.getAttribute('aria-current')).toBe('true')
    act(() => users.click())
    expect(go.mock.calls).toEqual([['/dashboard']])
  })
})
