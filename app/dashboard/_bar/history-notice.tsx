// A line under the bar while the history is in memory only, although it should be on disk. The element is always there, so
// that a screen reader announces its text.
import type { Status } from '../_panels/use-status'
import styles from './notice.module.css'

export function HistoryNotice({ history }: Pick<Status, 'history'>) {
  const words = toHistoryWords(history)
  return (
    <div role="status" aria-label="History on disk" className={styles.place}>
      {words && (
        <p>
          <strong>The history is in memory only</strong> {words}
        </p>
      )}
    </div>
  )
}

/** Why the history is not on disk, and what that means; undefined if all is well, or if it should not be on disk. */
export function toHistoryWords(history: Status['history']): string | undefined {
  if (history?.state !== 'memory') return undefined
  const why = history.problem?.message ?? 'it could not be written'
  return `and would not survive a restart. ${history.file}: ${why}. Hearth keeps trying to write it.`
}
