'use client'
// The frame around a chart: it holds the chart's height, turns pointer, touch and keys into the shared cursor, and
// shows what the chart says at that moment. Keys and screen readers use a native range input that lies over the plot.
import type { PointerEvent, ReactNode } from 'react'
import { useRef } from 'react'
import styles from './plot.module.css'
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
  /** Told how high the pointer is, 0 at the plot's bottom and 1 at its top; null where it isn't in the plot. */
  onHeight?: (height: number | null) => void
  /** What stands over the numbers: the time, the bucket. */
  heading: string
  rows: readonly ReadoutRow[]
  /** What a screen reader hears while there is no cursor. */
  atRest?: string
  /** Whether this chart is the one that says its numbers. */
  isActive: boolean
  /** Lower, and without the margins of the charts with axes. */
  isBare?: boolean
  /** What is drawn, over the whole plotted box. */
  children: ReactNode
}

export function Plot(props: PlotProps) {
  const { label, count, index, toX, toIndex, onMove, onHeight, heading, rows, isActive, children } = props
  const { isBare = false, atRest = 'newest' } = props
  const area = useRef<HTMLDivElement>(null)
  const x = index < 0 ? null : toX(index)
  const isInside = x !== null && x >= 0 && x <= 1

  function follow(event: PointerEvent) {
    const box = area.current?.getBoundingClientRect()
    if (box === undefined || box.width === 0 || count === 0) return
    const at = (event.clientX - box.left) / box.width
    const height = (box.bottom - event.clientY) / box.height
    onMove(at < 0 || at > 1 ? null : toIndex(at))
    onHeight?.(height < 0 || height > 1 ? null : height)
  }

  return (
    <div
      className={isBare ? `${styles.plot} ${styles.bare}` : styles.plot}
      onPointerMove={follow}
      onPointerDown={follow}
      onPointerLeave={() => {
        onMove(null)
        onHeight?.(null)
      }}
    >
      <div ref={area} className={styles.area}>
        {children}
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
