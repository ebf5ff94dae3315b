'use client'
// What the queries answer, in the view that the reader has chosen; or what to ask, while there is no query.
import type { TimeFrame } from '../_charts/time-frame'
import type { LiveState } from '../_live/live-board'
import type { ExploreView } from '../_state/explore-query'
import styles from './answer.module.css'
import { AnswerTable } from './answer-table'
import { Explain } from './explain'
import { Graph } from './graph'
import { NO_QUERY } from './parse-explore'
import type { Told } from './use-told'

export type AnswerProps = {
  explore: ExploreView
  onExplore: (change: Partial<ExploreView>) => void
  told: Told | undefined
  /** Another question than the one that is shown is on its way. */
  isAsking: boolean
  frame: TimeFrame
  state: LiveState
  scrapeIntervalMs: number
}

/** What to begin with: true of every app that is watched by this page. */
const EXAMPLES = [
  { text: 'Requests per second, by route', expr: 'sum by (route) (rate(requests_total[$__rate_interval]))' },
  {
    text: 'Where latencies fall, as a heat map',
    expr: 'sum by (le) (rate(latency_seconds_bucket[$__rate_interval]))',
  },
  { text: 'Which targets are up', expr: 'up' },
  { text: 'Metrics with the most series', expr: 'topk(10, count by (__name__) ({__name__!=""}))', show: 'table' },
] as const satisfies readonly { text: string; expr: string; show?: ExploreView['show'] }[]

export function Answer(props: AnswerProps) {
  const { explore, onExplore } = props
  if (explore.queries.every(({ expr }) => expr.trim() === '')) {
    return (
      <section className={styles.start} aria-label="To begin with">
        <p>Type PromQL, or begin with one of these:</p>
        <ul>
          {EXAMPLES.map((example) => (
            <li key={example.expr}>
              <button
                type="button"
                onClick={() =>
                  onExplore({
                    queries: [{ ...NO_QUERY, expr: example.expr }],
                    show: 'show' in example ? example.show : 'graph',
                  })
                }
              >
                {example.text}
                <code>{example.expr}</code>
              </button>
            </li>
          ))}
        </ul>
      </section>
    )
  }
  switch (explore.show) {
    case 'graph':
      return <Graph {...props} />
    case 'table':
      return <AnswerTable {...props} />
    case 'explain':
      return (
        <div className={styles.explained}>
          <Graph {...props} />
          <Explain {...props} />
        </div>
      )
  }
}
