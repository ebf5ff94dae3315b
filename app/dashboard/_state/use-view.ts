'use client'
// React's side of the view in the URL. A change makes a step in the browser's history and asks the server for nothing.
import { useCallback, useMemo } from 'react'
import { useShell } from './shell'
import type { View } from './view'
import { parseView, toCarried, toQuery, toViewQuery } from './view'

/** The view, and what changes a part of it: of the view as it is then, not as it was when somebody drew a button. */
export function useView(): [View, (change: Partial<View>) => void] {
  const { pathname, query, go } = useShell()
  const view = useMemo(() => parseQuery(query), [query])
  const changeView = useCallback(
    (change: Partial<View>) => go(`${pathname}${toQuery({ ...viewNow(), ...change }, window.location.search)}`),
    [pathname, go],
  )
  return [view, changeView]
}

/** What goes along in the link to another page: a query with its `?`, or ''. */
export function useCarried(): string {
  const { query } = useShell()
  return useMemo(() => toQuery(toCarried(parseQuery(query))), [query])
}

/** The view that the address says, which React may not have drawn yet. */
export const viewNow = (): View => parseQuery(window.location.search)

const parseQuery = (query: string): View => parseView(toViewQuery(new URLSearchParams(query)))
