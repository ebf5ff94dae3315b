'use client'
// The axes and the grid of a chart. Places are shares of the plotted box and its size is the style sheet's, so that the
// server draws what the browser draws, at any width, and nobody has to measure.
import type { ReactNode } from 'react'
import { Surface } from 'recharts'
import styles from './chart-frame.module.css'

/** `at` is 0 at the axis's beginning, the left or the bottom, and 1 at its end. */
export type AxisTick = { at: number; label: string }

type ChartFrameProps = {
  x: readonly AxisTick[]
  y: readonly AxisTick[]
  /** The time zone of `x`, where it isn't the reader's own: the labels are shown only while there is no script to put that right. */
  zone?: string
  hasGrid?: boolean
  /** Labels stand close: smaller letters where the screen is small. */
  isDense?: boolean
  children: ReactNode
}

export function ChartFrame({ x, y, zone, hasGrid = false, isDense = false, children }: ChartFrameProps) {
  return (
    <svg className={isDense ? `${styles.chart} ${styles.dense}` : styles.chart} aria-hidden="true">
      {hasGrid && y.map(({ at }) => <line key={at} className={styles.grid} x2="100%" y1={down(at)} y2={down(at)} />)}
      {children}
      {y.map(({ at, label }) => (
        <text key={at} className={styles.y} x={-8} y={down(at)} dy="0.35em">
          {label}
        </text>
      ))}
      <g className={zone === undefined ? undefined : styles.withoutScript}>
        {x.map(({ at, label }) => (
          <text key={at} className={styles.x} x={share(at)} y="100%" dy={16}>
            {label}
          </text>
        ))}
        <text className={styles.y} x={-24} y="100%" dy={16}>
          {zone}
        </text>
      </g>
    </svg>
  )
}

type StretchedProps = { width: number; height: number; isClipped?: boolean; children: ReactNode }

/** What is drawn in coordinates of its own, from the upper left corner, and stretched over the plotted box, on recharts' surface. */
export function Stretched({ width, height, isClipped = false, children }: StretchedProps) {
  return (
    <Surface
      width="100%"
      height="100%"
      viewBox={{ x: 0, y: 0, width, height }}
      preserveAspectRatio="none"
      overflow={isClipped ? 'hidden' : 'visible'}
    >
      {children}
    </Surface>
  )
}

export const share = (at: number): string => `${Math.round(at * 1e4) / 100}%`

const down = (at: number): string => share(1 - at)
