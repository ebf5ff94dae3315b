'use client'
// React's side of Explore's part of the URL. A change makes a step in the browser's history.
import { useCallback, useMemo } from 'react'
import type { ExploreView } from '../_state/explore-query'
import { toExploreQuery } from '../_state/explore-query'
import { useShell } from '../_state/shell'
import { parseExplore } from './parse-explore'

export function useExploreView(): [ExploreView, (change: Partial<ExploreView>) => void] {
  const { pathname, query, go } = useShell()
  const explore = useMemo(() => parseExplore(new URLSearchParams(query)), [query])
  const change = useCallback(
    (change: Partial<ExploreView>) => {
      const { search } = window.location
      const next = toExploreQuery({ ...parseExplore(new URLSearchParams(search)), ...change }, search)
      if (next !== search) go(pathname + next)
    },
    [pathname, go],
  )
  return [explore, change]
}
