'use client'
// Explore: the reader's own queries, asked of the Prometheus API, as a graph or as a table. The URL has all of it.
import { useCallback, useMemo } from 'react'
import { PageFrame } from '../_bar/page-frame'
import { toTargetMatchers } from '../_boards/target-matchers'
import { toTimeFrame } from '../_charts/time-frame'
import type { LiveState } from '../_live/live-board'
import { stepMsFor } from '../_live/step'
import { useServerClock } from '../_panels/use-server-clock'
import type { ExploreQuery, ExploreView } from '../_state/explore-query'
import { useShell } from '../_state/shell'
import { toVariables } from '../_state/to-variables'
import { usePage } from '../_state/use-page'
import { useShownTime } from '../_state/use-shown-time'
import { Answer } from './answer'
import styles from './explore.module.css'
import { fillQuery } from './fill-query'
import { Queries } from './queries'
import { useQueryMemory } from './query-memory'
import { useExploreView } from './use-explore-view'
import type { AskedQuery, Question, Told } from './use-told'
import { useTold } from './use-told'

/** Points in the whole range at most, by the name of a resolution. */
const RESOLUTIONS = { coarse: 75, auto: 300, fine: 1200 } as const
/** As Prometheus answers at most. */
const MOST_STEPS = 11_000

export function Explore() {
  const { doors } = useShell()
  const page = usePage()
  const { changeView, fixedMs, rangeMs, status, view } = page
  const nowMs = useServerClock(status)
  const { scrapeIntervalMs } = status
  const [explore, changeExplore] = useExploreView()
  const { remember } = useQueryMemory()
  const stepMs = stepMsOf(explore.step, rangeMs, scrapeIntervalMs)

  const question = useMemo((): Question => {
    const variables = { ...toVariables({ ...view, rangeMs }, scrapeIntervalMs, toTargetMatchers(undefined)), stepMs }
    const queries = explore.queries.flatMap(({ expr, legend, isOff }, place): AskedQuery[] =>
      isOff || expr.trim() === '' ? [] : [{ ...fillQuery(expr, variables), place, typed: expr, legend }],
    )
    return { queries, isInstant: explore.show === 'table', rangeMs, stepMs, endMs: fixedMs }
  }, [view, explore, rangeMs, stepMs, fixedMs, scrapeIntervalMs])
  const { told, isAsking } = useTold({ question, api: doors.prometheus, scrapeIntervalMs, nowMs })

  const toldMs = told === undefined ? undefined : told.kind === 'range' ? told.steps.endMs : told.endMs
  const endMs = fixedMs ?? toldMs ?? status.nowMs
  const frame = useMemo(
    () => (told?.kind === 'range' ? frameOf(told.steps) : toTimeFrame(endMs, rangeMs)),
    [told, endMs, rangeMs],
  )
  const time = useShownTime({
    changeView,
    shownMs: [frame.startMs, frame.endMs],
    fixedMs,
    scrapeIntervalMs,
    nowMs: status.nowMs,
  })
  const state = stateOf(fixedMs !== undefined, question, told)

  const run = useCallback(
    (queries: readonly ExploreQuery[]) => {
      remember(queries.map(({ expr }) => expr))
      changeExplore({ queries })
    },
    [remember, changeExplore],
  )

  return (
    <PageFrame
      name="explore"
      page={page}
      isAboutTarget={false}
      state={state}
      newestMs={toldMs ?? null}
      everyMs={scrapeIntervalMs}
      endMs={endMs}
      time={time}
      className={styles.page}
      isBusy={isAsking}
    >
      <Queries explore={explore} onExplore={changeExplore} onRun={run} told={told} stepMs={stepMs} />
      <Answer
        explore={explore}
        onExplore={changeExplore}
        told={told}
        isAsking={isAsking}
        frame={frame}
        state={state}
        scrapeIntervalMs={scrapeIntervalMs}
      />
    </PageFrame>
  )
}

function frameOf({ startMs, endMs }: { startMs: number; endMs: number }) {
  return toTimeFrame(endMs, endMs - startMs)
}

function stepMsOf(step: ExploreView['step'], rangeMs: number, scrapeIntervalMs: number): number {
  if (typeof step === 'number') return Math.max(step, Math.ceil(rangeMs / MOST_STEPS))
  return stepMsFor(rangeMs, scrapeIntervalMs, RESOLUTIONS[step])
}

function stateOf(isFixed: boolean, { queries }: Question, told: Told | undefined): LiveState {
  if (isFixed) return 'paused'
  if (queries.length > 0 && told === undefined) return 'connecting'
  return told?.results.some((result) => 'error' in result && result.error.status === 0) ? 'reconnecting' : 'live'
}
