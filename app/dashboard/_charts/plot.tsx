'use client'
// The frame around a chart: it holds the chart's height, turns pointer, touch and keys into the shared cursor, and
// shows what the chart says at that moment. Keys and screen readers use a native range input that lies over the plot.
import type { PointerEvent, ReactNode } from 'react'
import { useRef } from 'react'
import styles from './plot.module.css'
import { PLOT_HEIGHT, PLOT_INSET } from './plot-area'
import type { ReadoutRow } from './readout'
import { Readout } from './readout'

type PlotProps = {
  /** What the cursor is a cursor of: the panel's name. */
  label: string
  /** How many places the cursor has, from left to right. */
  count: number
  /** The place of the cursor, or -1 where it is not in this chart. */
  index: number
  /** Where a place lies, 0 at the plot's left edge and 1 at its right. */
  toX: (index: number) => number
  /** The place that lies at `x`, from 0 to 1. */
  toIndex: (x: number) => number
  onMove: (index: number | null) => void
  /** What stands over the numbers: the time, the bucket. */
  heading: string
  rows: readonly ReadoutRow[]
  /** What a screen reader hears while there is no cursor. */
  atRest?: string
  /** Whether this chart is the one that says its numbers. */
  isActive: boolean
  /** In pixels; the size and the margins of the charts with axes unless told otherwise. */
  height?: number
  inset?: typeof PLOT_INSET
  children: ReactNode
}

export function Plot(props: PlotProps) {
  const { label, count, index, toX, toIndex, onMove, heading, rows, isActive, children } = props
  const { height = PLOT_HEIGHT, inset = PLOT_INSET, atRest = 'newest' } = props
  const area = useRef<HTMLDivElement>(null)
  const x = index < 0 ? null : toX(index)
  const isInside = x !== null && x >= 0 && x <= 1

  function follow(event: PointerEvent) {
    const box = area.current?.getBoundingClientRect()
    if (box === undefined || box.width === 0 || count === 0) return
    const at = (event.clientX - box.left) / box.width
    onMove(at < 0 || at > 1 ? null : toIndex(at))
  }

  return (
    <div
      className={styles.plot}
      style={{ height }}
      onPointerMove={follow}
      onPointerDown={follow}
      onPointerLeave={() => onMove(null)}
    >
      {children}
      <div ref={area} className={styles.area} style={inset}>
        {isInside && <div className={styles.cursor} style={{ left: `${x * 100}%` }} />}
        {isInside && isActive && <Readout heading={heading} rows={rows} x={x} />}
        <input
          type="range"
          className={styles.keys}
          aria-label={`${label}: read at`}
          aria-valuetext={isInside ? [heading, ...rows.map(toWords)].join(', ') : atRest}
          min={0}
          max={Math.max(0, count - 1)}
          value={isInside ? index : Math.max(0, count - 1)}
          onChange={(event) => onMove(event.currentTarget.valueAsNumber)}
          onFocus={() => index < 0 && count > 0 && onMove(count - 1)}
          onKeyDown={(event) => event.key === 'Escape' && onMove(null)}
          onBlur={() => onMove(null)}
        />
      </div>
    </div>
  )
}

const toWords = ({ name, text }: ReadoutRow) => (text === '' ? name : `${name}: ${text}`)
