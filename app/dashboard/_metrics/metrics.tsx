'use client'
// Metrics: everything that a target exposes, as a list to search, and each metric on a page of its own.
import { useCallback, useMemo } from 'react'
import { PageFrame } from '../_bar/page-frame'
import { boardExprs } from '../_boards/board-exprs'
import { toFamilyBoard } from '../_boards/family-board'
import { overview } from '../_boards/overview'
import type { Board } from '../_boards/panel'
import { stepMsFor } from '../_live/step'
import { useServerClock } from '../_panels/use-server-clock'
import { useShown } from '../_panels/use-shown'
import { EVERY_TARGET } from '../_state/chosen-target'
import { toMetricsQuery } from '../_state/metrics-view'
import { useShell } from '../_state/shell'
import { toVariables } from '../_state/to-variables'
import { usePage } from '../_state/use-page'
import { FamilyList } from './family-list'
import { FamilyPage } from './family-page'
import styles from './metrics.module.css'
import { toScope, toScopeChoices, withinScope } from './scope'
import { useDescribed } from './use-engine-facts'
import { useEngineChoices, useFamilies } from './use-families'
import { useMetricsView } from './use-metrics-view'

/** What happened is asked on the list too: the stream says how the server is. */
const NO_PANELS: Board = { id: 'metrics', title: 'Metrics', annotations: overview.annotations, places: [] }
/** Of a curve in the list, which is 140 pixels wide. */
const SPARK_POINTS = 60

/** The page comes without a history: which metrics there are is asked by the browser. */
export function Metrics() {
  const { doors, ownRoutes, query } = useShell()
  const page = usePage()
  const { chosen, fixedMs, rangeMs, status } = page
  const { scrapeIntervalMs } = status
  const nowMs = useServerClock(status)
  const [metrics, changeMetrics] = useMetricsView()
  const { by, label, metric } = metrics
  const isEngine = status.source.kind === 'prometheus'
  // All together on the other pages are every target here.
  const of = metrics.of ?? (chosen === undefined && !isEngine ? EVERY_TARGET : undefined)
  const { jobs, labels } = useEngineChoices(isEngine)
  const scope = useMemo(() => toScope(of, chosen), [of, chosen])
  const { asked: whose, matchers } = scope
  const found = useFamilies(isEngine ? { ...whose, label } : whose)
  const { families } = found
  const listed = useMemo(() => families.find(({ name }) => name === metric), [families, metric])
  const variables = useMemo(
    () => toVariables({ rangeMs, route: undefined, traffic: 'all' }, scrapeIntervalMs, matchers, ownRoutes),
    [rangeMs, scrapeIntervalMs, matchers, ownRoutes],
  )
  const family = useDescribed(listed, { variables, isEngine, nowMs })
  const listVariables = useMemo(
    () => ({ ...variables, stepMs: stepMsFor(rangeMs, scrapeIntervalMs, SPARK_POINTS) }),
    [variables, rangeMs, scrapeIntervalMs],
  )
  const drawn = useMemo(
    () => (family === undefined ? NO_PANELS : withinScope(toFamilyBoard(family, by), scope)),
    [family, by, scope],
  )
  const asked = useMemo(() => boardExprs(drawn, variables), [drawn, variables])
  const { shown, bar } = useShown({ page, drawn, variables, asked })
  const hrefOf = useCallback(
    (metric: string) => doors.pages.metrics + toMetricsQuery({ ...metrics, metric, by: undefined }, query),
    [doors, metrics, query],
  )

  return (
    <PageFrame name="metrics" page={page} {...bar} className={styles.page} isBusy={found.state === 'asking'}>
      {family !== undefined && (
        <FamilyPage
          family={family}
          shown={shown}
          by={by}
          isEngine={isEngine}
          onBy={(by) => changeMetrics({ by })}
          backHref={doors.pages.metrics + toMetricsQuery({ ...metrics, metric: undefined }, query)}
        />
      )}
      {family === undefined && metric !== undefined && found.state === 'answered' && (
        <p className={styles.unknown}>
          No metric <code>{metric}</code> is exposed here.
        </p>
      )}
      {family === undefined && (
        <FamilyList
          families={families}
          metrics={metrics}
          onMetrics={changeMetrics}
          hrefOf={hrefOf}
          scopes={toScopeChoices(status, jobs)}
          engineLabels={isEngine ? labels : undefined}
          variables={listVariables}
          fixedMs={fixedMs}
          nowMs={nowMs}
          empty={WORDS[found.state]}
        />
      )}
    </PageFrame>
  )
}

const WORDS: Record<ReturnType<typeof useFamilies>['state'], string> = {
  asking: 'The metrics are being listed.',
  answered: 'No metrics yet: the target has not been scraped successfully.',
  refused: 'The server does not list its metrics. It is asked again.',
}
