// @vitest-environment happy-dom
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { inventedStatus } from '@/app/dashboard/_state/invented-status'
import { useView } from '@/app/dashboard/_state/use-view'
import type { View } from '@/app/dashboard/_state/view'
import { BrowserShell } from './browser-shell'

let view: View
let change: (change: Partial<View>) => void
let unmount: () => Promise<void>

function Reader() {
  ;[view, change] = useView()
  return null
}

beforeEach(async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  window.history.replaceState(null, '', '/shop/hearth?range=15m')
  const root = createRoot(document.createElement('div'))
  const doors = {
    pages: { overview: '/shop/hearth', explore: '/x', metrics: '/m', boards: '/b', errors: '/e' },
    trpc: '/shop/hearth/api/trpc',
    metrics: '',
    prometheus: '',
  }
  await act(async () =>
    root.render(
      <BrowserShell page="overview" start={{ doors, ownRoutes: '', status: inventedStatus }}>
        <Reader />
      </BrowserShell>,
    ),
  )
  unmount = () => act(async () => root.unmount())
})
afterEach(() => unmount())

/** Clicks a link like one anywhere in the page; returns whether the browser is left to follow it. */
function click(href: string, more: MouseEventInit = {}, changes: Partial<HTMLAnchorElement> = {}): boolean {
  const link = Object.assign(document.createElement('a'), { href, ...changes })
  document.body.append(link)
  let isLeft: boolean | undefined
  const look = (event: Event) => {
    isLeft = !event.defaultPrevented
    event.preventDefault()
  }
  window.addEventListener('click', look)
  link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...more }))
  window.removeEventListener('click', look)
  link.remove()
  return isLeft ?? expect.fail('the click was not heard')
}

test('a plain click on a link to the page changes what it shows, without a document', async () => {
  await act(async () => expect(click('/shop/hearth/?range=1h')).toBe(false))
  expect(view.rangeMs).toBe(3_600_000)
  expect(window.location.search).toBe('?range=1h')
})

test.each<[string, string, MouseEventInit, Partial<HTMLAnchorElement>]>([
  ['with Ctrl, for a tab of its own', '/shop/hearth?range=1h', { ctrlKey: true }, {}],
  ['with Cmd', '/shop/hearth?range=1h', { metaKey: true }, {}],
  ['with Shift, for a window', '/shop/hearth?range=1h', { shiftKey: true }, {}],
  ['with the middle button', '/shop/hearth?range=1h', { button: 1 }, {}],
  ['on a link to elsewhere', 'https://tempo.example/shop/hearth', {}, {}],
  ['on a page that is none of ours', '/shop/hearth/metrics', {}, {}],
  ['on a link that opens a tab', '/shop/hearth?range=1h', {}, { target: '_blank' }],
  ['on a download', '/shop/hearth?range=1h', {}, { download: 'x.csv' }],
  ['on a place in the page', '/shop/hearth?range=15m#memory', {}, {}],
])('a click is the browser’s %s', async (_, href, more, changes) => {
  let isLeft: boolean | undefined
  await act(async () => {
    isLeft = click(href, more, changes)
  })
  expect(isLeft).toBe(true)
  expect(view.rangeMs).toBe(900_000)
})

test('the view is that of the address', () => {
  expect(view).toMatchObject({ rangeMs: 900_000, traffic: 'app' })
})

test('a change is a step in the browser’s history, at the same path', async () => {
  const before = window.history.length
  await act(async () => change({ route: '/users/[id]' }))
  expect(view).toMatchObject({ rangeMs: 900_000, route: '/users/[id]' })
  expect(window.location.pathname + window.location.search).toBe('/shop/hearth?range=15m&route=%2Fusers%2F%5Bid%5D')
  expect(window.history.length).toBe(before + 1)
})

test('a step back shows what was there', async () => {
  await act(async () => change({ traffic: 'all' }))
  expect(view.traffic).toBe('all')
  await act(async () => {
    window.history.replaceState(null, '', '/shop/hearth?range=15m')
    window.dispatchEvent(new PopStateEvent('popstate'))
  })
  expect(view).toMatchObject({ rangeMs: 900_000, traffic: 'app' })
})
