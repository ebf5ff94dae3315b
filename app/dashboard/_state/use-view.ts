'use client'
// React's side of the view in the URL. A change makes a step in the browser's history and asks the server for nothing.
import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback, useMemo } from 'react'
import type { View } from './view'
import { parseView, toQuery } from './view'

/** The view, and what changes a part of it: of the view as it is then, not as it was when somebody drew a button. */
export function useView(): [View, (change: Partial<View>) => void] {
  const query = useSearchParams().toString()
  const pathname = usePathname()
  const view = useMemo(() => parseQuery(query), [query])
  const changeView = useCallback(
    (change: Partial<View>) => {
      const next = { ...parseQuery(window.location.search), ...change }
      window.history.pushState(null, '', `${pathname}${toQuery(next)}`)
    },
    [pathname],
  )
  return [view, changeView]
}

/** Of a name that stands there twice the first counts, as it does for the server. */
const parseQuery = (query: string): View => parseView(Object.fromEntries([...new URLSearchParams(query)].reverse()))
