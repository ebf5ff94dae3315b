// @vitest-environment happy-dom
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
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
    pages: { overview: '', explore: '', metrics: '', errors: '/errors' },
    trpc: '/shop/hearth/api/trpc',
    metrics: '',
    prometheus: '',
  }
  await act(async () =>
    root.render(
      <BrowserShell doors={doors} ownRoutes="">
        <Reader />
      </BrowserShell>,
    ),
  )
  unmount = () => act(async () => root.unmount())
})
afterEach(() => unmount())

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
