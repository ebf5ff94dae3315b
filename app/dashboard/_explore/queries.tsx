'use client'
// The queries of the page, each with its editor, and what is done with all of them. What is typed counts when it is run.
import { useCallback, useMemo, useState } from 'react'
import { toSpan } from '../_format/time'
import type { ExploreQuery, ExploreView } from '../_state/explore-query'
import { MOST_QUERIES } from '../_state/explore-query'
import { useShell } from '../_state/shell'
import { Choice } from './choice'
import { NO_QUERY } from './parse-explore'
import styles from './queries.module.css'
import { QueryList } from './query-list'
import { useQueryMemory } from './query-memory'
import { QueryRow } from './query-row'
import type { Told } from './use-told'

type QueriesProps = {
  explore: ExploreView
  onExplore: (change: Partial<ExploreView>) => void
  onRun: (queries: readonly ExploreQuery[]) => void
  told: Told | undefined
  stepMs: number
}

const STEPS: readonly { value: string; name: string; step: ExploreView['step'] }[] = [
  { value: 'coarse', name: 'Coarse', step: 'coarse' },
  { value: 'auto', name: 'Auto', step: 'auto' },
  { value: 'fine', name: 'Fine', step: 'fine' },
  ...[1, 5, 15, 60, 300, 3600].map((s) => ({ value: `${s * 1000}`, name: toSpan(s * 1000), step: s * 1000 })),
]

export function Queries({ explore, onExplore, onRun, told, stepMs }: QueriesProps) {
  const { doors } = useShell()
  const { queries, step } = explore
  const { recent, starred, toggleStar } = useQueryMemory()
  // By the place of the query; forgotten with every change of the URL, which has them by then.
  const [drafts, setDrafts] = useState<{ of: ExploreView['queries']; typed: Readonly<Record<number, string>> }>({
    of: queries,
    typed: {},
  })
  const typed = drafts.of === queries ? drafts.typed : NOTHING_TYPED
  const current = useMemo(
    () => queries.map((query, i) => ({ ...query, expr: typed[i] ?? query.expr })),
    [queries, typed],
  )
  const isRun = current.every(({ expr }, i) => expr === queries[i]?.expr)

  const type = useCallback(
    (place: number, text: string) =>
      setDrafts((before) => ({
        of: queries,
        typed: { ...(before.of === queries ? before.typed : {}), [place]: text },
      })),
    [queries],
  )
  const put = (next: readonly ExploreQuery[]) => onRun(next.length > 0 ? next : [NO_QUERY])
  const change = (place: number, change: Partial<ExploreQuery>) =>
    put(current.map((query, i) => (i === place ? { ...query, ...change } : query)))
  const add = (expr: string) => {
    const isFree = current.length === 1 && current[0]?.expr.trim() === ''
    put(isFree ? [{ ...NO_QUERY, expr }] : [...current, { ...NO_QUERY, expr }].slice(0, MOST_QUERIES))
  }

  const steps = STEPS.some((one) => one.step === step)
    ? STEPS
    : [...STEPS, { value: `${step}`, name: toSpan(Number(step)), step }]

  return (
    <section className={styles.queries} aria-label="Queries">
      {current.map((query, place) => (
        <QueryRow
          // A query is its place: the next one moves up when it is removed.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={place}
          place={place}
          query={query}
          api={doors.prometheus}
          result={told?.results.find((result) => result.query.place === place)}
          isStarred={starred.includes(query.expr.trim())}
          canAdd={current.length < MOST_QUERIES}
          onType={type}
          onRun={() => put(current)}
          onChange={(changed) => change(place, changed)}
          onStar={() => toggleStar(query.expr.trim())}
          onDuplicate={() => put([...current.slice(0, place + 1), query, ...current.slice(place + 1)])}
          onRemove={() => put(current.filter((_, i) => i !== place))}
        />
      ))}
      <div className={styles.actions}>
        <button
          type="button"
          className={styles.button}
          disabled={current.length >= MOST_QUERIES}
          onClick={() => put([...current, NO_QUERY])}
        >
          Add query
        </button>
        <QueryList recent={recent} starred={starred} onChoose={add} onStar={toggleStar} />
        <Choice
          label="Step"
          value={`${step}`}
          options={steps.map(({ value, name, step: of }) => ({
            value,
            name: typeof of === 'number' || of !== step ? name : `${name}, ${toSpan(stepMs)}`,
          }))}
          onChange={(value) => onExplore({ step: steps.find((one) => one.value === value)?.step ?? 'auto' })}
        />
        <button type="button" className={styles.run} data-changed={!isRun} onClick={() => put(current)}>
          Run
        </button>
      </div>
    </section>
  )
}

const NOTHING_TYPED: Readonly<Record<number, string>> = {}
