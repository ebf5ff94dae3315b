// The small box beside the cursor: the moment and what each series is at it.
import type { PointerEvent, ReactNode } from 'react'
import styles from './readout.module.css'
import type { SwatchColour } from './swatch'
import { Swatch } from './swatch'

/** `isPointed`: it is the one that the pointer is on; `isTotal`: what the others amount to. */
export type ReadoutRow = {
  name: string
  text: string
  colour?: SwatchColour
  isPointed?: boolean
  isTotal?: boolean
}

type ReadoutProps = { heading: string; rows: readonly ReadoutRow[]; links?: ReactNode; x: number }

export function Readout({ heading, rows, links, x }: ReadoutProps) {
  const side = x > 0.5 ? { right: `${(1 - x) * 100}%` } : { left: `${x * 100}%` }
  return (
    <div className={styles.readout} style={side}>
      <div aria-hidden="true">
        <strong>{heading}</strong>
        <dl>
          {rows.map(({ name, text, colour, isPointed, isTotal }) => (
            <div key={name} data-pointed={isPointed || undefined} data-total={isTotal}>
              <dt>
                {colour !== undefined && <Swatch colour={colour} />}
                {name}
              </dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </div>
      {/* A click there is none on the plot. */}
      {links && (
        <div onPointerDown={stop} onPointerUp={stop}>
          {links}
        </div>
      )}
    </div>
  )
}

const stop = (event: PointerEvent) => event.stopPropagation()
