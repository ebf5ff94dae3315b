// A patch of a series' colour beside its name: an attribute of SVG, as a strict policy takes no style attribute.
import type { Colour } from '../_boards/panel'
import styles from './swatch.module.css'

export type SwatchColour = Colour | `heat-${number}` | 'start' | 'build' | 'note'

export function Swatch({ colour, width = 9 }: { colour: SwatchColour; width?: number }) {
  return (
    <svg className={styles.swatch} width={width} height={9} aria-hidden="true">
      <rect width={width} height={9} rx={2.5} fill={`var(--${colour})`} />
    </svg>
  )
}
