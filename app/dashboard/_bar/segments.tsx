'use client'
// A few choices side by side, one of them pressed.
import styles from './segments.module.css'

type SegmentsProps<Value extends string | number> = {
  label: string
  options: readonly { name: string; value: Value }[]
  value: Value
  onChange: (value: Value) => void
  /** Lower, to stand in a panel's header. */
  isSmall?: boolean
}

export function Segments<Value extends string | number>({
  label,
  options,
  value,
  onChange,
  isSmall,
}: SegmentsProps<Value>) {
  return (
    <fieldset className={styles.segments} data-small={isSmall}>
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.name}
        </button>
      ))}
    </fieldset>
  )
}
