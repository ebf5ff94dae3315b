'use client'
// Chooses the target that the page shows, if this process scrapes others besides itself. A target that is down says why.
import { useHasMounted } from '../_charts/use-has-mounted'
import type { Target } from '../_state/chosen-target'
import { toTargetName } from '../_state/chosen-target'
import styles from './target-switch.module.css'
import { toDownWords, toTargetWords } from './target-words'

type TargetSwitchProps = {
  /** This process first. */
  targets: readonly Target[]
  chosen: Target | undefined
  /** Undefined is this process. */
  onChoose: (name: string | undefined) => void
}

export function TargetSwitch({ targets, chosen, onChoose }: TargetSwitchProps) {
  const hasMounted = useHasMounted()
  return (
    <select
      className={styles.switch}
      aria-label="Target"
      value={chosen && toTargetName(chosen)}
      data-down={chosen?.up === false}
      onChange={({ target: { value, selectedIndex } }) => onChoose(selectedIndex === 0 ? undefined : value)}
    >
      {targets.map((target, place) => (
        <option key={toTargetName(target)} value={toTargetName(target)}>
          {[toTargetWords(target, place === 0), toDownWords(target, hasMounted)].filter(Boolean).join(', ')}
        </option>
      ))}
    </select>
  )
}
