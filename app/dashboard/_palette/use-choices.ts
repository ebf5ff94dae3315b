'use client'
// Where the palette leads: what the page knows, and what its server is asked when the palette opens.
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { PAGE_NAMES } from '../_bar/nav'
import { toTargetWords, toTogetherWords } from '../_bar/target-words'
import { useFamilies } from '../_metrics/use-families'
import { MINE } from '../_own/board-link'
import { useBoardFolder } from '../_own/use-board-files'
import { useStatus } from '../_panels/use-status'
import {
  chosenMatchers,
  chosenTarget,
  EVERY_TARGET,
  offeredTargets,
  togetherTargets,
  toTargetName,
} from '../_state/chosen-target'
import { toExploreQuery } from '../_state/explore-query'
import { toMetricsQuery } from '../_state/metrics-view'
import { useShell } from '../_state/shell'
import { useView } from '../_state/use-view'
import { toCarried, toQuery } from '../_state/view'
import type { Choice } from './choices'

/** The server sends no more of them. */
const MOST_ROUTES = 1_000

export type Choices = {
  all: readonly Choice[]
  /** Where these words are asked as PromQL. */
  asQuery: (typed: string) => string
  isAsking: boolean
}

export function useChoices(): Choices {
  const { doors } = useShell()
  const [view] = useView()
  const status = useStatus()
  const chosen = chosenTarget(status, view.target)
  const metrics = useFamilies({ job: chosen?.job, instance: chosen?.instance })
  const routes = useRoutes(doors.prometheus, chosenMatchers(status, view.target))
  const folder = useBoardFolder()
  const carried = toQuery(toCarried(view))
  const all = useMemo((): Choice[] => {
    const { pages } = doors
    const targets = offeredTargets(status)
    return [
      ...(Object.keys(pages) as (keyof typeof pages)[]).map((page): Choice => {
        return { kind: 'Pages', name: PAGE_NAMES[page], about: '', href: pages[page] + carried }
      }),
      ...[{ name: MINE, title: 'My board' }, ...(folder?.files ?? [])].map(({ name, title }): Choice => {
        const query = new URLSearchParams(carried)
        query.set('board', name)
        return { kind: 'Boards', name: title, about: name === MINE ? '' : name, href: `${pages.boards}?${query}` }
      }),
      ...togetherTargets(status)
        .slice(0, 1)
        .map((): Choice => {
          const query = toQuery({ ...toCarried(view), target: EVERY_TARGET, route: undefined })
          return { kind: 'Targets', name: toTogetherWords(status), about: '', href: pages.overview + query }
        }),
      ...targets.map((target, place): Choice => {
        const named = place === 0 ? undefined : toTargetName(target)
        const query = toQuery({ ...toCarried(view), target: named, route: undefined })
        const about = target.up === false ? 'down' : ''
        return { kind: 'Targets', name: toTargetWords(target, place === 0), about, href: pages.overview + query }
      }),
      ...(routes.data ?? []).map((route): Choice => {
        const query = toQuery({ ...toCarried(view), route })
        return { kind: 'Routes', name: route, about: '', href: pages.overview + query }
      }),
      ...metrics.families.map(({ name, type, help }): Choice => {
        const query = toMetricsQuery(
          { search: '', type: undefined, label: undefined, of: undefined, metric: name, by: undefined },
          carried,
        )
        return { kind: 'Metrics', name, about: help === '' ? type : `${type}, ${help}`, href: pages.metrics + query }
      }),
    ]
  }, [doors, carried, view, status, folder, routes.data, metrics.families])
  const asQuery = (typed: string) => {
    const queries = [{ expr: typed, legend: '', isOff: false }]
    const asked = { queries, show: 'graph', drawing: 'auto', unit: 'plain', step: 'auto' } as const
    return doors.pages.explore + toExploreQuery(asked, carried)
  }
  return { all, asQuery, isAsking: routes.isPending || folder === undefined || metrics.state === 'asking' }
}

/** The values of `route` that the target's requests have. */
function useRoutes(api: string, matchers: string) {
  return useQuery({
    queryKey: ['palette.routes', api, matchers],
    async queryFn({ signal }): Promise<string[]> {
      const query = new URLSearchParams({ 'match[]': `requests_total{${matchers}}`, limit: `${MOST_ROUTES}` })
      const response = await fetch(`${api}/api/v1/label/route/values?${query}`, { signal })
      if (!response.ok) throw new Error(`Expected the routes, got ${response.status}`)
      const { data }: { data: string[] } = await response.json()
      return data
    },
    staleTime: 10_000,
    retry: false,
  })
}
