'use client'
// React's side of the view in the URL. A change makes a step in the browser's history and asks the server for nothing.
import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback, useMemo } from 'react'
import type { View } from './view'
import { parseView, toQuery } from './view'

export function useView(): [View, (view: View) => void] {
  const query = useSearchParams().toString()
  const pathname = usePathname()
  const view = useMemo(() => parseView(Object.fromEntries(new URLSearchParams(query))), [query])
  const setView = useCallback(
    (next: View) => window.history.pushState(null, '', `${pathname}${toQuery(next)}`),
    [pathname],
  )
  return [view, setView]
}
