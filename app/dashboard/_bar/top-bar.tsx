'use client'
import type { ReactNode } from 'react'
import type { PageName } from '@/server/web/client-assets'
import type { LiveState } from '../_live/live-board'
import type { Target } from '../_state/chosen-target'
import type { View } from '../_state/view'
import { RANGES } from '../_state/view'
import { Brand } from './brand'
import { DownTargets } from './down-targets'
import { LiveStateWords } from './live-state-words'
import { Nav, PAGE_NAMES } from './nav'
import { PaletteButton } from './palette-button'
import { Segments } from './segments'
import { TargetSwitch } from './target-switch'
import { ThemeSwitch } from './theme-switch'
import styles from './top-bar.module.css'

type TopBarProps = {
  page: PageName
  /** The reader's own questions say themselves what they are about. */
  isFiltered: boolean
  view: View
  onView: (change: Partial<View>) => void
  /** `this app`, or the Prometheus's host; undefined until the server has said it. */
  source: { name: string; target: string } | undefined
  /** What to choose from, this process first; empty where there is no choice. */
  targets: readonly Target[]
  target: Target | undefined
  /** What all targets together are called, where they can be chosen. */
  together: string | undefined
  state: LiveState
  /** Why what comes is not whole, in two words. */
  but: string | undefined
  newestMs: number | null
  /** How often new values come. */
  everyMs: number
  maxViewers: number
  /** The length of the time that is shown. */
  rangeMs: number
  onRange: (rangeMs: number) => void
  isPaused: boolean
  onPause: (isPaused: boolean) => void
  /** Which time it is, where that needs words. */
  time: ReactNode
}

const TRAFFIC = [
  { name: 'App traffic', value: 'app' },
  { name: 'All traffic', value: 'all' },
] as const

export function TopBar(props: TopBarProps) {
  const {
    page,
    isFiltered,
    view,
    onView,
    source,
    targets,
    target,
    together,
    state,
    but,
    newestMs,
    everyMs,
    maxViewers,
  } = props
  const { rangeMs, onRange, isPaused, onPause, time } = props
  // A route is one target's own.
  const onTarget = (target: string | undefined) => onView({ target, route: undefined })
  return (
    <header className={styles.bar}>
      <Brand />
      <h1 className="visually-hidden" tabIndex={-1}>
        {PAGE_NAMES[page]}
      </h1>
      <Nav current={page} />
      {targets.length > 0 ? (
        <>
          <TargetSwitch targets={targets} chosen={target} together={together} onChoose={onTarget} />
          <DownTargets targets={targets} />
        </>
      ) : (
        <p className={styles.source}>
          {source?.name} <span>{source?.target}</span>
        </p>
      )}
      {isFiltered && view.route !== undefined && (
        <button
          type="button"
          className={styles.chip}
          aria-label={`Show all routes instead of ${view.route}`}
          onClick={() => onView({ route: undefined })}
        >
          <code>{view.route}</code> <span aria-hidden="true">×</span>
        </button>
      )}
      <div className={styles.controls}>
        {isFiltered && page !== 'errors' && (
          <Segments
            label="Traffic"
            options={TRAFFIC}
            value={view.traffic}
            onChange={(traffic) => onView({ traffic })}
          />
        )}
        <Segments
          label="Range"
          options={RANGES.map(({ name, rangeMs }) => ({ name, value: rangeMs }))}
          value={rangeMs}
          onChange={onRange}
        />
      </div>
      {time}
      <LiveStateWords
        state={state}
        but={but ?? (target?.up === false ? 'Live, target down' : undefined)}
        newestMs={newestMs}
        everyMs={everyMs}
        maxViewers={maxViewers}
      />
      <button type="button" className={styles.control} aria-pressed={isPaused} onClick={() => onPause(!isPaused)}>
        <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
          <path d={isPaused ? 'M2.5 1v10l8-5z' : 'M2 1h3v10H2zM7 1h3v10H7z'} fill="currentColor" />
        </svg>
        <span className="visually-hidden">Pause</span>
      </button>
      <PaletteButton />
      <ThemeSwitch />
    </header>
  )
}
