// @vitest-environment happy-dom
import { act, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { panelExprs } from '../_boards/board-exprs'
import { overview } from '../_boards/overview'
import { toVariables } from '../_state/to-variables'
import { DEFAULT_VIEW } from '../_state/view'
import { inventBoard } from './invented-board'
import { RouteTable } from './route-table'

const panel = overview.places.flatMap((place) => place.panels).find(({ chart }) => chart === 'routes')
const onChoose = vi.fn()

/** The order is held where the page holds it in the URL. */
function Table({ chosenRoute }: { chosenRoute: string | undefined }) {
  const [sort, onSort] = useState<string | undefined>()
  if (panel === undefined) throw new Error('The overview has no route table.')
  const exprs = panelExprs(panel, toVariables(DEFAULT_VIEW, 1000, 'job="hearth"'))
  const board = inventBoard(1e12)
  return <RouteTable {...{ panel, exprs, board, chosenRoute, onChoose, sort, onSort }} />
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
const press = (place: HTMLElement, name: RegExp) => act(() => button(place, name).click())
const routesOf = (place: HTMLElement) => [...place.querySelectorAll('tbody code')].map(({ textContent }) => textContent)
const sortOf = (place: HTMLElement, name: RegExp) => button(place, name).closest('th')?.getAttribute('aria-sort')

describe('the route table', () => {
  beforeEach(() => {
    vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
    onChoose.mockClear()
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

  test('chooses a route by its button, once', () => {
    press(show(), /users/)
    expect(onChoose.mock.calls).toEqual([['/users/[id]']])
  })

  test('chooses a route by its row', () => {
    const place = show()
    act(() => place.querySelector<HTMLElement>('tbody td')?.click())
    expect(onChoose.mock.calls).toEqual([['(unmatched)']])
  })

  test('lets go of the chosen route', () => {
    const place = show('/users/[id]')
    expect(button(place, /users/).getAttribute('aria-pressed')).toBe('true')
    press(place, /users/)
    expect(onChoose.mock.calls).toEqual([[undefined]])
  })
})
