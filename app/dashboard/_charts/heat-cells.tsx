'use client'
// The cells of a heat map and its axes: one SVG path for each step of heat, so that a thousand cells are six elements.
import { memo } from 'react'
import { toTickLabel } from '../_format/time'
import { toEdgeLabels } from './buckets'
import type { Heat } from './heat'
import { HEAT_LEVELS, toHeatPath } from './heat'
import styles from './heat-cells.module.css'
import { PLOT_INSET } from './plot-area'
import type { TimeFrame } from './time-frame'
import { toFraction } from './time-frame'
import { useHasMounted } from './use-has-mounted'

const { top, right, bottom, left } = PLOT_INSET
const CELLS = { top, left, width: `calc(100% - ${left + right}px)`, height: `calc(100% - ${top + bottom}px)` }

/** Apart from the cursor, so that moving it draws nothing again. */
export const HeatCells = memo(function HeatCells({ heat, frame }: { heat: Heat; frame: TimeFrame }) {
  const hasMounted = useHasMounted()
  const rows = Math.max(1, heat.bounds.length)
  const edges = heat.bounds.map((bound, row) => ({ bound, row })).filter(({ row }) => row % 2 === 0)
  const labels = toEdgeLabels(edges.map(({ bound }) => bound))
  return (
    <div className={styles.map}>
      <svg
        className={styles.cells}
        style={CELLS}
        data-mark
        viewBox={`0 0 ${frame.endMs - frame.startMs} ${rows}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {HEAT_LEVELS.map((level) => (
          <path key={level} d={toHeatPath(heat, frame, level)} fill={`var(--heat-${level})`} />
        ))}
      </svg>
      {edges.map(({ bound, row }, place) => (
        <span key={bound} className={styles.edge} style={{ bottom: toBottom((row + 1) / rows) }}>
          {labels[place]}
        </span>
      ))}
      {hasMounted &&
        frame.ticksMs.map((tickMs) => (
          <span key={tickMs} className={styles.tick} style={{ left: toLeft(toFraction(frame, tickMs)) }}>
            {toTickLabel(tickMs)}
          </span>
        ))}
    </div>
  )
})

/** Half of `14:02:10`, which stands inside the chart even where its moment is the last. */
const HALF_TICK_PX = 23

const toLeft = (fraction: number) =>
  `min(${left}px + (100% - ${left + right}px) * ${fraction}, 100% - ${HALF_TICK_PX}px)`

/** An edge stands where its bucket ends: at the upper side of its row. */
const toBottom = (fraction: number) => `calc(${bottom}px + (100% - ${top + bottom}px) * ${fraction})`
