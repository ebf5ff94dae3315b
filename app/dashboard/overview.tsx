'use client'
// The overview page: one live stream for the whole board, and everything that is drawn from it.
import { useCallback, useMemo } from 'react'
import type { ExceptionGroup } from '@/server/instrument/exception-log'
import { toAlarm } from './_bar/alarm'
import { Footer } from './_bar/footer'
import { HistoryNotice } from './_bar/history-notice'
import { TargetDown } from './_bar/target-down'
import { TimeWords } from './_bar/time-words'
import { toSource } from './_bar/to-source'
import { TopBar } from './_bar/top-bar'
import { useAlarm } from './_bar/use-alarm'
import { overview } from './_boards/overview'
import type { Board } from './_boards/panel'
import { toTargetMatchers } from './_boards/target-matchers'
import { CursorContext } from './_charts/use-cursor'
import { useLiveStart } from './_live/live-provider'
import { PanelPlace } from './_panels/panel-place'
import { RestOfTarget } from './_panels/rest-of-target'
import { useShown } from './_panels/use-shown'
import type { Status } from './_panels/use-status'
import { useStatus, useStatusWhileHidden } from './_panels/use-status'
import { useTargetBoard } from './_panels/use-target-board'
import { chosenTarget, offeredTargets, unknownTarget } from './_state/chosen-target'
import { useShell } from './_state/shell'
import { toVariables } from './_state/to-variables'
import { useView } from './_state/use-view'
import { shownTimeOf } from './_state/view'
import styles from './overview.module.css'

/** What the server knew when it rendered the page. */
type OverviewProps = { status: Status; exceptions: readonly ExceptionGroup[] }

export function Overview({ status: initialStatus, exceptions }: OverviewProps) {
  const { demo, doors, icons, ownRoutes } = useShell()
  const { scrapeIntervalMs } = useLiveStart()
  const [view, changeView] = useView()
  const status = useStatus(initialStatus)
  const chosen = chosenTarget(status, view.target)
  const matchers = toTargetMatchers(chosen)
  const { rangeMs, endMs: fixedMs } = useMemo(() => shownTimeOf(view, initialStatus.nowMs), [view, initialStatus])
  const { route, traffic } = view
  const variables = useMemo(
    () => toVariables({ rangeMs, route, traffic }, scrapeIntervalMs, matchers, ownRoutes),
    [rangeMs, route, traffic, scrapeIntervalMs, matchers, ownRoutes],
  )
  // A target that is no Hearth has none of the overview's metrics: it gets a board of its own ones.
  const isForeign = chosen?.isHearth === false
  const targetBoard = useTargetBoard(isForeign ? chosen : undefined)
  const drawn: Board & { rest?: string[] } = isForeign ? targetBoard : overview
  const onSort = useCallback((sort: string | undefined) => changeView({ sort }), [changeView])
  const onTabs = useCallback((tabs: readonly string[]) => changeView({ tabs }), [changeView])
  const { sort } = view

  const thisApp = status.targets[0]
  const isThisApp = chosen === undefined || chosen === thisApp
  const isDown = chosen?.up === false
  const target = (chosen ?? thisApp)?.instance ?? 'localhost:3000'
  const watched = useMemo(
    () => ({ target, isThisApp, isDown, demo, sort, onSort }),
    [target, isThisApp, isDown, demo, sort, onSort],
  )
  const { shown, state, board, endMs, time } = useShown({
    drawn,
    variables,
    fixedMs,
    nowMs: status.nowMs,
    changeView,
    watched,
  })
  useStatusWhileHidden(board.newestMs)
  useAlarm(
    toAlarm({ asked: shown.drawn, board: shown.board, variables: shown.variables, chosen }),
    overview.title,
    icons,
  )

  return (
    <CursorContext value={time.cursor}>
      <TopBar
        page="overview"
        view={view}
        onView={changeView}
        source={toSource(status)}
        targets={offeredTargets(status)}
        target={chosen}
        state={state}
        newestMs={shown.board.newestMs}
        everyMs={board.everyMs ?? scrapeIntervalMs}
        maxViewers={status.streams.limit}
        rangeMs={rangeMs}
        onRange={time.chooseRange}
        isPaused={fixedMs !== undefined}
        onPause={(isPaused) => (isPaused ? time.hold() : time.toNow())}
        time={
          <TimeWords
            startMs={endMs - rangeMs}
            endMs={endMs}
            isFixed={fixedMs !== undefined}
            remembered={status}
            onNow={time.toNow}
          />
        }
      />
      <TargetDown target={chosen} isThisApp={isThisApp} unknown={unknownTarget(status, view.target)} />
      <HistoryNotice history={status.history} />
      <main className={styles.board} aria-busy={!board.hasHistory}>
        {shown.drawn.places.map((place) => (
          <PanelPlace
            key={place.panels[0].id}
            place={place}
            shown={shown}
            exceptions={exceptions}
            tabs={view.tabs}
            onTabs={onTabs}
          />
        ))}
        <RestOfTarget rest={shown.drawn.rest} />
      </main>
      <Footer status={status} doors={doors} />
    </CursorContext>
  )
}
