'use client'
// The page of errors: groups of exceptions with their counts and rates; one that is open has its examples, and beside them the
// requests and latencies of its route.
import { useCallback, useMemo } from 'react'
import { PageFrame } from '../_bar/page-frame'
import type { GroupName } from '../_boards/errors'
import { errorsExprs, ofRoute, rateByClass, readOpen, routeVariables, toOpen } from '../_boards/errors'
import { overview } from '../_boards/overview'
import { PanelPlace } from '../_panels/panel-place'
import { useShown } from '../_panels/use-shown'
import { useShell } from '../_state/shell'
import { usePage } from '../_state/use-page'
import { useVariables } from '../_state/use-variables'
import styles from '../overview.module.css'
import { ErrorGroups } from './error-groups'

export function Errors() {
  const { go, pathname, query } = useShell()
  const page = usePage()
  const { status } = page
  const openText = useMemo(() => new URLSearchParams(query).get('open') ?? undefined, [query])
  const open = useMemo(() => readOpen(openText), [openText])
  const variables = useVariables(page)
  const asked = useMemo(() => errorsExprs(variables, open), [variables, open])
  // What happened is marked as on the overview.
  const drawn = useMemo(() => ({ annotations: overview.annotations, open }), [open])
  const { shown, board, bar } = useShown({ page, drawn, variables, asked })
  const ofOpen = useMemo(
    () => shown.drawn.open && { ...shown, variables: routeVariables(shown.variables, shown.drawn.open) },
    [shown],
  )
  const onOpen = useCallback(
    (group: GroupName | undefined) => {
      const next = new URLSearchParams(window.location.search)
      if (group === undefined) next.delete('open')
      else next.set('open', toOpen(group))
      go(next.size === 0 ? pathname : `${pathname}?${next}`)
    },
    [go, pathname],
  )

  return (
    <PageFrame name="errors" page={page} {...bar} className={styles.board} isBusy={!board.hasHistory}>
      <PanelPlace place={RATE} shown={shown} />
      <ErrorGroups shown={shown} status={status} open={open} onOpen={onOpen}>
        {ofOpen && OF_ROUTE.map((place) => <PanelPlace key={place.panels[0].id} place={place} shown={ofOpen} />)}
      </ErrorGroups>
    </PageFrame>
  )
}

const RATE = { span: 12, panels: [rateByClass] } as const
const OF_ROUTE = ofRoute.map((panel) => ({ span: 12, panels: [panel] }) as const)
