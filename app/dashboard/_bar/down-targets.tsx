'use client'
// The targets that are down, whichever is chosen: how many and which. A click chooses one, and the page says why.
import { LevelBadge } from '../_panels/level-badge'
import type { Target } from '../_state/chosen-target'
import { toTargetName } from '../_state/chosen-target'
import { ViewLink } from '../_state/view-link'
import styles from './down-targets.module.css'

type DownTargetsProps = {
  /** This process first. */
  targets: readonly Target[]
}

/** As many as the bar has room for; the switch beside them has all. */
const MOST_NAMED = 3

/** It is always there, so that a screen reader hears it fill. */
export function DownTargets({ targets }: DownTargetsProps) {
  const down = targets.filter(({ up }) => up === false)
  return (
    <section className={styles.down} aria-label="Targets down" aria-live="polite">
      {down.length > 0 && <LevelBadge level="bad" word={`${down.length} down`} />}
      {down.slice(0, MOST_NAMED).map((target) => (
        <ViewLink
          key={toTargetName(target)}
          title={target.lastError}
          change={{ target: target === targets[0] ? undefined : toTargetName(target), route: undefined }}
        >
          {target.job} {target.instance}
        </ViewLink>
      ))}
      {down.length > MOST_NAMED && <span>and {down.length - MOST_NAMED} more</span>}
    </section>
  )
}
