// The face of a panel without anything to show: why, and what to do. Text between backticks is something to type.
import styles from './panel-frame.module.css'

export function EmptyWords({ text }: { text: string }) {
  const parts = text.split('`')
  return (
    <div className={styles.empty}>
      <p>{parts.map((part, i) => (i % 2 === 1 ? <code key={part}>{part}</code> : part))}</p>
    </div>
  )
}
