'use client'
// The cells of a heat map and its axes: one SVG path for each step of heat, so that a thousand cells are six elements.
import { memo } from 'react'
import type { Unit } from '../_format/unit'
import { toEdgeLabels } from './buckets'
import { ChartFrame, Stretched, share } from './chart-frame'
import type { Heat, HeatColumn } from './heat'
import { HEAT_LEVELS, toHeatPath } from './heat'
import styles from './heat-cells.module.css'
import type { TimeFrame } from './time-frame'
import { toFraction } from './time-frame'
import { useTimeTicks } from './use-time-ticks'

/** `of` is the unit of the buckets' bounds. */
type HeatCellsProps = { heat: Heat; frame: TimeFrame; of: Unit }

/** Apart from the cursor, so that moving it draws nothing again. */
export const HeatCells = memo(function HeatCells({ heat, frame, of }: HeatCellsProps) {
  const rows = Math.max(1, heat.bounds.length)
  const edges = heat.bounds.map((bound, row) => ({ bound, row })).filter(({ row }) => row % 2 === 0)
  const labels = toEdgeLabels(
    edges.map(({ bound }) => bound),
    of,
  )
  // An edge stands where its bucket ends: at the upper side of its row.
  const y = edges.map(({ row }, place) => ({ at: (row + 1) / rows, label: labels[place] ?? '' }))
  return (
    <ChartFrame {...useTimeTicks(frame)} y={y}>
      <Stretched width={frame.endMs - frame.startMs} height={rows} isClipped>
        <g className={styles.cells} data-mark>
          {HEAT_LEVELS.map((level) => (
            <path key={level} d={toHeatPath(heat, frame, level)} fill={`var(--heat-${level})`} />
          ))}
        </g>
      </Stretched>
    </ChartFrame>
  )
})

type PointedCellProps = { column: HeatColumn; row: number; rows: number; frame: TimeFrame }

/** A line around the cell under the pointer, which is cut off where the cell is. */
export function PointedCell({ column, row, rows, frame }: PointedCellProps) {
  const left = Math.max(0, toFraction(frame, column.startMs))
  return (
    <svg className={styles.pointed} aria-hidden="true">
      <rect
        x={share(left)}
        y={share(1 - (row + 1) / rows)}
        width={share(toFraction(frame, column.endMs) - left)}
        height={share(1 / rows)}
      />
    </svg>
  )
}
