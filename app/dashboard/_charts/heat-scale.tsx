// What the colours of the heat map mean.
import type { Unit } from '../_format/unit'
import { toText } from '../_format/unit'
import { HEAT_LEVELS } from './heat'
import styles from './heat-scale.module.css'
import { Swatch } from './swatch'

export function HeatScale({ max, unit }: { max: number; unit: Unit }) {
  return (
    <div className={styles.scale}>
      none
      {HEAT_LEVELS.map((level) => (
        <Swatch key={level} colour={`heat-${level}`} width={18} />
      ))}
      {max > 0 ? toText(max, unit) : 'more'}
    </div>
  )
}
