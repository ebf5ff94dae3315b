// A line under the bar while the history is in memory only, though it was meant to be on disk. It is always there, so that
// a screen reader hears it fill.
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

/** Why it is not on disk, and what that means; undefined where all is well, or where it is not meant to be there. */
export function toHistoryWords(history: Status['history']): string | undefined {
  if (history?.state !== 'memory') return undefined
  const why = history.problem?.message ?? 'it could not be written'
  return `and would not survive a restart. ${history.file}: ${why}. Writing is tried again.`
}
