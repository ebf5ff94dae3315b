'use client'
// The targets that are down, whichever is chosen: how many and which. A click chooses one, and the page says why.
import { LevelBadge } from '../_panels/level-badge'
import type { Target } from '../_state/chosen-target'
import { toTargetName } from '../_state/chosen-target'
import styles from './down-targets.module.css'

type DownTargetsProps = {
  /** This process first. */
  targets: readonly Target[]
  /** Undefined is this process. */
  onChoose: (name: string | undefined) => void
}

/** As many as the bar has room for; the switch beside them has all. */
const MOST_NAMED = 3

/** It is always there, so that a screen reader hears it fill. */
export function DownTargets({ targets, onChoose }: DownTargetsProps) {
  const down = targets.filter(({ up }) => up === false)
  return (
    <section className={styles.down} aria-label="Targets down" aria-live="polite">
      {down.length > 0 && <LevelBadge level="bad" word={`${down.length} down`} />}
      {down.slice(0, MOST_NAMED).map((target) => (
        <button
          key={toTargetName(target)}
          type="button"
          title={target.lastError}
          onClick={() => onChoose(target === targets[0] ? undefined : toTargetName(target))}
        >
          {target.job} {target.instance}
        </button>
      ))}
      {down.length > MOST_NAMED && <span>and {down.length - MOST_NAMED} more</span>}
    </section>
  )
}
