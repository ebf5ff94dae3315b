'use client'
// The values of a board's variables: what the URL says of them, and what can be chosen, asked of the page's own Prometheus API.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import type { Variables } from '../_boards/substitute'
import { substitute } from '../_boards/substitute'
import type { GrafanaBoard } from '../_grafana/model'
import { LONGEST_NAME } from '../_grafana/model'
import type { AskApi, Resolved } from '../_grafana/options'
import { resolveVariables } from '../_grafana/options'
import { ALL } from '../_grafana/read-variables'
import { useShell } from '../_state/shell'
import type { Page } from '../_state/use-page'

/** Series come and go. */
const EVERY_MS = 30_000
/** Of a variable in the URL. */
const MOST_PICKED = 100
/** Options of a range that is short: what was scraped a moment ago counts. */
const LEAST_RANGE_MS = 300_000

/** As in Grafana's URLs. */
const PREFIX = 'var-'

export function useResolved(board: GrafanaBoard | undefined, page: Page, variables: Variables, nowMs: () => number) {
  const { doors, pathname, query, go } = useShell()
  const { chosen, fixedMs, rangeMs, view } = page
  const picks = useMemo(() => picksIn(query), [query])
  const preferred = useMemo(
    (): Record<string, string> =>
      view.target === undefined || chosen === undefined ? {} : { job: chosen.job, instance: chosen.instance },
    [view.target, chosen],
  )
  const { data, isPlaceholderData } = useQuery({
    queryKey: ['boards.options', board, [...picks], preferred, rangeMs, fixedMs],
    queryFn: ({ signal }): Promise<Resolved[]> => {
      const endMs = fixedMs ?? Math.floor(nowMs())
      return resolveVariables({
        variables: board?.variables ?? [],
        picks,
        preferred,
        times: { ...variables, rangeMs: Math.max(LEAST_RANGE_MS, rangeMs), endMs },
        fillTimes: (expr) => substitute(expr, variables),
        ask: askOf(doors.prometheus, signal),
      })
    },
    enabled: board !== undefined,
    placeholderData: keepPreviousData,
    refetchInterval: fixedMs === undefined && EVERY_MS,
    retry: false,
  })
  const pick = useCallback(
    (name: string, values: readonly string[]) => {
      const next = new URLSearchParams(window.location.search)
      next.delete(PREFIX + name)
      for (const value of values.slice(0, MOST_PICKED)) next.append(PREFIX + name, value)
      go(`${pathname}?${next}`)
    },
    [go, pathname],
  )
  // What was chosen a moment ago is shown as chosen before its options have been asked again.
  const shown = useMemo(() => data?.map((one) => withPicks(one, picks.get(one.variable.name))), [data, picks])
  return { resolved: data, shown, isAsking: data === undefined || isPlaceholderData, pick }
}

function withPicks(resolved: Resolved, picks: readonly string[] = []): Resolved {
  const picked = resolved.variable.isMulti ? picks : picks.slice(0, 1)
  return picked.length === 0 ? resolved : { ...resolved, picked: picked.includes(ALL) ? [ALL] : picked }
}

function picksIn(query: string): ReadonlyMap<string, readonly string[]> {
  const picks = new Map<string, string[]>()
  for (const [key, value] of new URLSearchParams(query)) {
    if (!key.startsWith(PREFIX) || value.length > LONGEST_NAME) continue
    const name = key.slice(PREFIX.length)
    const values = picks.get(name) ?? []
    if (values.length < MOST_PICKED) picks.set(name, [...values, value])
  }
  return picks
}

function askOf(api: string, signal: AbortSignal): AskApi {
  return async (path, query) => {
    const response = await fetch(`${api}/api/v1/${path}?${new URLSearchParams(query)}`, { signal })
    const answer: unknown = await response.json().catch(() => undefined)
    const found = typeof answer === 'object' && answer !== null ? answer : {}
    if (response.ok && 'data' in found) return found.data
    throw new Error('error' in found ? `${found.error}` : `the server answers ${response.status}`)
  }
}
