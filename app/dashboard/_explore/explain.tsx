'use client'
// Explains the queries: each as the tree of its parts, with their values at the moment that the reader points at in the chart
// above.
import { memo } from 'react'
import { useCursor } from '../_charts/use-cursor'
import { toMoment, toSpan } from '../_format/time'
import { EmptyWords } from '../_panels/empty-words'
import { PanelFrame } from '../_panels/panel-frame'
import type { ExploreQuery, ExploreView } from '../_state/explore-query'
import { MOST_QUERIES } from '../_state/explore-query'
import type { AnswerProps } from './answer'
import styles from './explain.module.css'
import { ExplainTree } from './explain-tree'
import { NO_QUERY } from './parse-explore'
import { toLetter, toPanel } from './shape'
import { useExplained } from './use-explained'
import type { AskedQuery, RangeTold } from './use-told'

const HELP =
  'Each part of a query: its type, how many series it has, the samples that it reads and the milliseconds that it takes for the time that is shown, alone and with its parts; its labels, with how many values each has; and its value at the crosshair of the chart, or the newest one. A click on a part asks it alone, the + beside it adds it as a query; on the keyboard, Enter and + do.'

export const Explain = memo(function Explain(props: AnswerProps) {
  const { explore, frame, told } = props
  const cursor = useCursor()
  const cursorMs =
    cursor !== null && cursor.timeMs >= frame.startMs && cursor.timeMs <= frame.endMs ? cursor.timeMs : undefined
  const range = told?.kind === 'range' ? told : undefined
  const at = cursorMs === undefined ? 'newest values' : `at ${toMoment(cursorMs, frame.endMs)}`
  return (
    <PanelFrame
      panel={{
        ...toPanel([], 'lines', explore.unit),
        id: 'explain',
        title: 'Explain',
        help: HELP,
        subtitle: range === undefined ? '' : `${toSpan(frame.endMs - frame.startMs)}, ${at}`,
      }}
      face={range === undefined ? { kind: 'loading' } : { kind: 'live' }}
      words={{ rangeMs: frame.endMs - frame.startMs, windowMs: 0, minuteMs: 0, target: '' }}
      newestMs={frame.endMs}
      menu={null}
    >
      {range?.results.map(({ query }) => (
        <Explained
          key={query.place}
          {...props}
          query={query}
          steps={range.steps}
          cursorMs={cursorMs}
          isAlone={range.results.length === 1}
        />
      ))}
    </PanelFrame>
  )
})

type ExplainedProps = AnswerProps & {
  query: AskedQuery
  steps: RangeTold['steps']
  cursorMs: number | undefined
  isAlone: boolean
}

function Explained(props: ExplainedProps) {
  const { query, steps, cursorMs, isAlone, explore, onExplore, frame, state, scrapeIntervalMs } = props
  const { whole, now, error } = useExplained(query.expr, steps, state !== 'paused', scrapeIntervalMs)
  const name = `Query ${toLetter(query.place)}`
  return (
    <div className={styles.query}>
      {!isAlone && <h3>{name}</h3>}
      {error !== undefined && <p className={styles.error}>{error.message}</p>}
      {whole === undefined && error === undefined && <EmptyWords text="Asking …" />}
      {whole !== undefined && error === undefined && (
        <ExplainTree
          label={`Parts of query ${toLetter(query.place)}`}
          whole={whole}
          now={now}
          cursorMs={cursorMs}
          frame={frame}
          unit={explore.unit}
          canAdd={explore.queries.length < MOST_QUERIES}
          onAsk={({ from, to }, how) => {
            // The server takes the spaces around it away, and counts without them.
            const spaces = query.expr.length - query.expr.trimStart().length
            const expr = query.typed.slice(query.toTyped(from + spaces), query.toTyped(to + spaces))
            onExplore({ queries: withPart(explore.queries, query.place, expr, how) })
          }}
        />
      )}
    </div>
  )
}

/** The part in the place of its query, or behind all of them. */
function withPart(
  queries: ExploreView['queries'],
  place: number,
  expr: string,
  how: 'alone' | 'beside',
): readonly ExploreQuery[] {
  if (how === 'beside') return [...queries, { ...NO_QUERY, expr }]
  return queries.map((query, i) => (i === place ? { ...query, expr } : query))
}
