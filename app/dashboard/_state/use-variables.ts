'use client'
// The variables of a board's PromQL, for what the reader looks at: the same object while that stays.
import { useMemo } from 'react'
import type { Variables } from '../_boards/substitute'
import { useLive } from '../_live/live-provider'
import { useShell } from './shell'
import { toVariables } from './to-variables'
import type { Page } from './use-page'

export function useVariables({ matchers, rangeMs, view: { route, traffic } }: Page): Variables {
  const { ownRoutes } = useShell()
  const { scrapeIntervalMs } = useLive()
  return useMemo(
    () => toVariables({ rangeMs, route, traffic }, scrapeIntervalMs, matchers, ownRoutes),
    [rangeMs, route, traffic, scrapeIntervalMs, matchers, ownRoutes],
  )
}
