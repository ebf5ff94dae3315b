// What the colours of the heat map mean.
import type { Unit } from '../_format/unit'
import { toText } from '../_format/unit'
import { HEAT_LEVELS } from './heat'
import styles from './heat-scale.module.css'

export function HeatScale({ max, unit }: { max: number; unit: Unit }) {
  return (
    <div className={styles.scale}>
      none
      {HEAT_LEVELS.map((level) => (
        <i key={level} style={{ background: `var(--heat-${level})` }} />
      ))}
      {max > 0 ? toText(max, unit) : 'more'}
    </div>
  )
}
