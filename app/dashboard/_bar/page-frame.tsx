'use client'
// What every page has around its content: the bar with the time, what is wrong with the target, and the footer.
import type { ReactNode } from 'react'
import { useEffect } from 'react'
import type { PageName } from '@/server/web/client-assets'
import { CursorContext } from '../_charts/use-cursor'
import type { LiveState } from '../_live/live-board'
import { SourceProblem } from '../_panels/lost-badge'
import { offeredTargets, togetherTargets, unknownTarget } from '../_state/chosen-target'
import { useShell } from '../_state/shell'
import type { Page } from '../_state/use-page'
import type { useShownTime } from '../_state/use-shown-time'
import { Footer } from './footer'
import { HistoryNotice } from './history-notice'
import { PAGE_NAMES } from './nav'
import { SourceNotice, toSourceState } from './source-notice'
import { TargetDown } from './target-down'
import { toTogetherWords } from './target-words'
import { TimeWords } from './time-words'
import { toSource } from './to-source'
import { TopBar } from './top-bar'

export type PageFrameProps = {
  name: PageName
  page: Page
  /** False where the reader's own questions say whom they are about. */
  isAboutTarget?: boolean
  /** Its panels follow the route and the traffic that are chosen. */
  isFiltered?: boolean
  state: LiveState
  newestMs: number | null
  /** How often new values come. */
  everyMs: number
  /** Where the time ends that is asked for. */
  endMs: number
  time: ReturnType<typeof useShownTime>
  className: string | undefined
  isBusy: boolean
  children: ReactNode
}

export function PageFrame(props: PageFrameProps) {
  const {
    name,
    page,
    isAboutTarget = true,
    isFiltered = name === 'overview' || name === 'errors',
    state,
    newestMs,
    everyMs,
    endMs,
    time,
    className,
    isBusy,
    children,
  } = props
  const { status, view, changeView, chosen, isThisApp, rangeMs, fixedMs } = page
  const { doors } = useShell()
  // The page's own alarm comes after that.
  useEffect(() => {
    document.title = `${PAGE_NAMES[name]} · Hearth`
  }, [name])
  return (
    <CursorContext value={time.cursor}>
      <TopBar
        page={name}
        isFiltered={isFiltered}
        view={view}
        onView={changeView}
        source={toSource(status)}
        targets={isAboutTarget ? offeredTargets(status) : []}
        target={isAboutTarget ? chosen : undefined}
        together={togetherTargets(status).length > 0 ? toTogetherWords(status) : undefined}
        state={state}
        but={toSourceState(status)}
        newestMs={newestMs}
        everyMs={everyMs}
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
      {isAboutTarget && (
        <TargetDown target={chosen} isThisApp={isThisApp} unknown={unknownTarget(status, view.target)} />
      )}
      <SourceNotice status={status} />
      <HistoryNotice history={status.history} />
      <main className={className} aria-busy={isBusy}>
        <SourceProblem value={status.source.kind === 'prometheus' ? status.source.problem : undefined}>
          {children}
        </SourceProblem>
      </main>
      <Footer status={status} doors={doors} />
    </CursorContext>
  )
}
