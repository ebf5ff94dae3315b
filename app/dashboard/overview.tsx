'use client'
// The overview page: one live stream for the whole board, and everything that is drawn from it.
import { Fragment, useCallback, useMemo } from 'react'
import { toAlarm } from './_bar/alarm'
import { PageFrame } from './_bar/page-frame'
import { useAlarm } from './_bar/use-alarm'
import { boardExprs, panelExprs } from './_boards/board-exprs'
import { heatmap, overview } from './_boards/overview'
import type { Board } from './_boards/panel'
import { PanelPlace } from './_panels/panel-place'
import { RestOfTarget } from './_panels/rest-of-target'
import { SlowestRequests } from './_panels/slowest-requests'
import { useShown } from './_panels/use-shown'
import { useStatusWhileHidden } from './_panels/use-status'
import { useTargetBoard } from './_panels/use-target-board'
import { useShell } from './_state/shell'
import { usePage } from './_state/use-page'
import { useVariables } from './_state/use-variables'
import styles from './overview.module.css'

export function Overview() {
  const { demo, icons } = useShell()
  const page = usePage()
  const { changeView, chosen, view } = page
  const { sort, tabs } = view
  const variables = useVariables(page)
  // A target that is no Hearth has none of the overview's metrics: it gets a board of its own ones.
  const isForeign = chosen?.isHearth === false
  const targetBoard = useTargetBoard(isForeign ? chosen : undefined)
  const drawn: Board & { rest?: string[] } = isForeign ? targetBoard : overview
  const asked = useMemo(() => boardExprs(drawn, variables), [drawn, variables])
  const onSort = useCallback((sort: string | undefined) => changeView({ sort }), [changeView])
  const onTabs = useCallback((tabs: readonly string[]) => changeView({ tabs }), [changeView])
  const { shown, board, bar } = useShown({ page, drawn, variables, asked, more: { demo, sort, onSort } })
  useStatusWhileHidden(board.newestMs)
  useAlarm(
    toAlarm({ asked: shown.drawn, board: shown.board, variables: shown.variables, chosen }),
    overview.title,
    icons,
  )

  return (
    <PageFrame name="overview" page={page} {...bar} className={styles.board} isBusy={!board.hasHistory}>
      {shown.drawn.places.map((place) => (
        <Fragment key={place.panels[0].id}>
          <PanelPlace place={place} shown={shown} tabs={tabs} onTabs={onTabs} />
          {place.panels[0].chart === 'routes' && (
            <SlowestRequests expr={panelExprs(heatmap, shown.variables)[0]} shown={shown} />
          )}
        </Fragment>
      ))}
      <RestOfTarget rest={shown.drawn.rest} />
    </PageFrame>
  )
}
