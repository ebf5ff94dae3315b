// The name and its mark: a flame in a house.
import styles from './brand.module.css'

export function Brand() {
  return (
    <div className={styles.brand}>
      <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
        <path
          d="M3 18V9.2L10 3l7 6.2V18"
          fill="none"
          stroke="var(--ink)"
          strokeWidth="1.7"
          strokeLinejoin="round"
          strokeLinecap="round"
        />
        <path
          d="M10 8.5c.4 1.9 2.6 2.8 2.6 5.1A2.6 2.6 0 0 1 10 16.3a2.6 2.6 0 0 1-2.6-2.7c0-1.2.7-1.9 1.2-2.6.3.6.6.9 1 1 .2-1.2-.2-2.3.4-3.5z"
          fill="var(--accent)"
        />
      </svg>
      Hearth
    </div>
  )
}
