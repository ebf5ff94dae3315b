'use client'
// React's side of what the URL says about the metrics.
import { useCallback, useMemo } from 'react'
import type { MetricsView } from '../_state/metrics-view'
import { parseMetricsView, toMetricsQuery } from '../_state/metrics-view'
import { useShell } from '../_state/shell'

/** The choice, and what changes a part of it. What is typed replaces the address, so that the browser's history stays short. */
export function useMetricsView(): [MetricsView, (change: Partial<MetricsView>, how?: 'push' | 'replace') => void] {
  const { pathname, query, go } = useShell()
  const view = useMemo(() => parseMetricsView(new URLSearchParams(query)), [query])
  const change = useCallback(
    (change: Partial<MetricsView>, how: 'push' | 'replace' = 'push') => {
      const { search } = window.location
      const next = toMetricsQuery({ ...parseMetricsView(new URLSearchParams(search)), ...change }, search)
      if (next !== search) go(`${pathname}${next}`, how)
    },
    [pathname, go],
  )
  return [view, change]
}
