'use client'
// A line under the bar while the shown target is down. The element is always there, so that a screen reader announces it.
import { useHasMounted } from '../_charts/use-has-mounted'
import type { Target } from '../_state/chosen-target'
import styles from './notice.module.css'
import { toDownWords, toTargetWords } from './target-words'

export function TargetDown({ target, isThisApp }: { target: Target | undefined; isThisApp: boolean }) {
  const hasMounted = useHasMounted()
  const words = target && toDownWords(target, hasMounted)
  return (
    <div role="status" aria-label="Health of the target" className={styles.place}>
      {target && words && (
        <p>
          <strong>{toTargetWords(target, isThisApp)}</strong> is {words}
        </p>
      )}
    </div>
  )
}
