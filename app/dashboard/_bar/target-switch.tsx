'use client'
// Chooses the target that the page shows, if this process scrapes others besides itself. A target that is down says why.
import { useHasMounted } from '../_charts/use-has-mounted'
import type { Target } from '../_state/chosen-target'
import { EVERY_TARGET, toTargetName } from '../_state/chosen-target'
import styles from './target-switch.module.css'
import { toDownWords, toTargetWords } from './target-words'

type TargetSwitchProps = {
  /** This process first. */
  targets: readonly Target[]
  /** Undefined: all together. */
  chosen: Target | undefined
  /** What all together are called; undefined where they are not to be had. */
  together: string | undefined
  /** Undefined is this process. */
  onChoose: (name: string | undefined) => void
}

export function TargetSwitch({ targets, chosen, together, onChoose }: TargetSwitchProps) {
  const hasMounted = useHasMounted()
  return (
    <select
      className={styles.switch}
      aria-label="Target"
      value={chosen === undefined ? EVERY_TARGET : toTargetName(chosen)}
      data-down={chosen?.up === false}
      onChange={({ target: { value, selectedIndex } }) => onChoose(selectedIndex === 0 ? undefined : value)}
    >
      {targets.map((target, place) => (
        <option key={toTargetName(target)} value={toTargetName(target)}>
          {[toTargetWords(target, place === 0), toDownWords(target, hasMounted)].filter(Boolean).join(', ')}
        </option>
      ))}
      {together !== undefined && <option value={EVERY_TARGET}>{together}</option>}
    </select>
  )
}
