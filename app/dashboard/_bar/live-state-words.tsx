'use client'
// Whether the numbers are live, in words. They change only when the state does, so a screen reader hears each once.
import { toClock, toSpan } from '../_format/time'
import type { LiveState } from '../_live/live-board'
import styles from './live-state-words.module.css'

type LiveStateWordsProps = {
  state: LiveState
  /** Said instead of `Live`, where what comes is not whole. */
  but: string | undefined
  newestMs: number | null
  /** How often new values come. */
  everyMs: number
  /** How many viewers the server takes. */
  maxViewers: number
}

export function LiveStateWords({ state, ...words }: LiveStateWordsProps) {
  return (
    <span
      className={styles.live}
      role="status"
      data-state={state === 'live' && words.but !== undefined ? 'down' : state}
    >
      <i aria-hidden="true" />
      {toWords(state, words)}
    </span>
  )
}

export function toWords(
  state: LiveState,
  { but, newestMs, everyMs, maxViewers }: Omit<LiveStateWordsProps, 'state'>,
): string {
  switch (state) {
    case 'connecting':
      return 'Connecting'
    case 'live':
      return but ?? `Live, every ${toSpan(everyMs)}`
    case 'paused':
      return 'Paused'
    case 'reconnecting':
      return 'Reconnecting'
    case 'stale':
      return newestMs === null ? 'Stale' : `Stale since ${toClock(newestMs)}`
    case 'full':
      return `Waiting: the viewer limit of ${maxViewers} is reached`
  }
}
