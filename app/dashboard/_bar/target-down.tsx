'use client'
// A line under the bar while the shown target is down, or isn't the one that the URL names. The element is always there, so
// that a screen reader announces it.
import { useHasMounted } from '../_charts/use-has-mounted'
import type { Target } from '../_state/chosen-target'
import styles from './notice.module.css'
import { toDownWords, toTargetWords } from './target-words'

type TargetDownProps = {
  target: Target | undefined
  isThisApp: boolean
  /** What the URL names and nobody is called: the page shows this app instead. */
  unknown?: string | undefined
}

export function TargetDown({ target, isThisApp, unknown }: TargetDownProps) {
  const hasMounted = useHasMounted()
  const words = target && toDownWords(target, hasMounted)
  return (
    <div role="status" aria-label="Health of the target" className={styles.place}>
      {target && unknown !== undefined && (
        <p className={styles.quiet}>
          There is no target <code>{unknown}</code>. This page shows {toTargetWords(target, isThisApp)}.
        </p>
      )}
      {target && words && (
        <p>
          <strong>{toTargetWords(target, isThisApp)}</strong> is {words}
        </p>
      )}
    </div>
  )
}
