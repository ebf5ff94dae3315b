'use client'
// The page of errors: groups of exceptions with their counts and rates; one that is open has its examples, and beside them the
// requests and latencies of its route.
import { useCallback, useMemo } from 'react'
import type { ExceptionGroup } from '@/server/instrument/exception-log'
import { Footer } from '../_bar/footer'
import { HistoryNotice } from '../_bar/history-notice'
import { TargetDown } from '../_bar/target-down'
import { TimeWords } from '../_bar/time-words'
import { toSource } from '../_bar/to-source'
import { TopBar } from '../_bar/top-bar'
import { annotationExprs } from '../_boards/board-exprs'
import type { GroupName } from '../_boards/errors'
import { errorsExprs, ofRoute, rateByClass, readOpen, routeVariables, toOpen } from '../_boards/errors'
import { overview } from '../_boards/overview'
import { toTargetMatchers } from '../_boards/target-matchers'
import { toAnnotations } from '../_charts/annotations'
import { toTimeFrame } from '../_charts/time-frame'
import { CursorContext } from '../_charts/use-cursor'
import { useLiveStart } from '../_live/live-provider'
import { useLiveBoard } from '../_live/use-live-board'
import { PanelPlace } from '../_panels/panel-place'
import { useHeld } from '../_panels/use-held'
import type { Status } from '../_panels/use-status'
import { useStatus } from '../_panels/use-status'
import { chosenTarget, offeredTargets, unknownTarget } from '../_state/chosen-target'
import { useShell } from '../_state/shell'
import { toVariables } from '../_state/to-variables'
import { useShownTime } from '../_state/use-shown-time'
import { useView } from '../_state/use-view'
import { shownTimeOf } from '../_state/view'
import styles from '../overview.module.css'
import { ErrorGroups } from './error-groups'

/** What the server knew when it rendered the page. */
type ErrorsProps = { status: Status; exceptions: readonly ExceptionGroup[] }

export function Errors({ status: initialStatus, exceptions }: ErrorsProps) {
  const { doors, go, ownRoutes, pathname, query } = useShell()
  const { scrapeIntervalMs } = useLiveStart()
  const [view, changeView] = useView()
  const status = useStatus(initialStatus)
  const chosen = chosenTarget(status, view.target)
  const matchers = toTargetMatchers(chosen)
  const { rangeMs, endMs: fixedMs } = useMemo(() => shownTimeOf(view, initialStatus.nowMs), [view, initialStatus])
  const { route, traffic } = view
  const openText = useMemo(() => new URLSearchParams(query).get('open') ?? undefined, [query])
  const open = useMemo(() => readOpen(openText), [openText])
  const variables = useMemo(
    () => toVariables({ rangeMs, route, traffic }, scrapeIntervalMs, matchers, ownRoutes),
    [rangeMs, route, traffic, scrapeIntervalMs, matchers, ownRoutes],
  )
  const asked = useMemo(() => errorsExprs(variables, open), [variables, open])
  const board = useLiveBoard({ ...asked, rangeMs, endMs: fixedMs })

  const thisApp = status.targets[0]
  const isThisApp = chosen === undefined || chosen === thisApp
  const isDown = chosen?.up === false
  const target = (chosen ?? thisApp)?.instance ?? 'localhost:3000'
  const endMs = fixedMs ?? board.newestMs ?? initialStatus.nowMs
  const newest = useMemo(() => {
    const frame = toTimeFrame(endMs, variables.rangeMs)
    const annotations = toAnnotations(board, annotationExprs(overview, variables), frame)
    return { open, board, variables, frame, annotations, target, isThisApp, isDown, ...NO_TABLE }
  }, [open, board, variables, endMs, target, isThisApp, isDown])
  // After a change of the view the old picture stays until the new history is there.
  const held = useHeld(newest, () => board.hasHistory)
  const state = board.state === 'connecting' ? held.board.state : board.state
  const shown = useMemo(
    () => (held.board.state === state ? held : { ...held, board: { ...held.board, state } }),
    [held, state],
  )
  const ofOpen = useMemo(
    () => shown.open && { ...shown, variables: routeVariables(shown.variables, shown.open) },
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
  const { frame } = shown
  const time = useShownTime({
    changeView,
    shownMs: [frame.startMs, frame.endMs],
    fixedMs,
    scrapeIntervalMs,
    nowMs: status.nowMs,
  })

  return (
    <CursorContext value={time.cursor}>
      <TopBar
        page="errors"
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
        <PanelPlace place={RATE} shown={shown} {...NO_SWITCH} />
        <ErrorGroups shown={shown} status={status} initial={exceptions} open={open} onOpen={onOpen}>
          {ofOpen &&
            OF_ROUTE.map((place) => (
              <PanelPlace key={place.panels[0].id} place={place} shown={ofOpen} {...NO_SWITCH} />
            ))}
        </ErrorGroups>
      </main>
      <Footer status={status} doors={doors} />
    </CursorContext>
  )
}

const RATE = { span: 12, panels: [rateByClass] } as const
const OF_ROUTE = ofRoute.map((panel) => ({ span: 12, panels: [panel] }) as const)
/** No table of routes is here, and no panels share a place. */
const NO_TABLE = { sort: undefined, onSort: () => {} }
const NO_SWITCH = { exceptions: [], tabs: [], onTabs: () => {} }
