'use client'
// Shows all of a long list, or only its beginning again.
import styles from './more-button.module.css'

type MoreButtonProps = {
  what: string
  count: number
  /** How many are shown at first. */
  shown: number
  isWhole: boolean
  onChange: (isWhole: boolean) => void
}

export function MoreButton({ what, count, shown, isWhole, onChange }: MoreButtonProps) {
  if (count <= shown) return null
  return (
    <button type="button" className={styles.more} aria-expanded={isWhole} onClick={() => onChange(!isWhole)}>
      {isWhole ? `Only the first ${shown}` : `All ${count} ${what}`}
    </button>
  )
}
