// The small box beside the cursor: the moment and what each series is at it.
import type { Colour } from '../_boards/panel'
import styles from './readout.module.css'

export type ReadoutRow = { name: string; text: string; colour?: Colour | `heat-${number}` }

export function Readout({ heading, rows, x }: { heading: string; rows: readonly ReadoutRow[]; x: number }) {
  const side = x > 0.5 ? { right: `${(1 - x) * 100}%` } : { left: `${x * 100}%` }
  return (
    <div className={styles.readout} style={side} aria-hidden="true">
      <strong>{heading}</strong>
      <dl>
        {rows.map(({ name, text, colour }) => (
          <div key={name}>
            <dt>
              {colour !== undefined && <i style={{ background: `var(--${colour})` }} />}
              {name}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
