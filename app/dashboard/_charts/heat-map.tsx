'use client'
// Latency over time as cells: one SVG path for each step of heat, so that a thousand cells are six elements.
import { useMemo } from 'react'
import { toClock, toTickLabel } from '../_format/time'
import { toText } from '../_format/unit'
import { toBucketName, toEdgeLabels } from './buckets'
import { HEAT_LEVELS, toHeat, toHeatLevel, toHeatPath } from './heat'
import styles from './heat-map.module.css'
import { HeatScale } from './heat-scale'
import { Plot } from './plot'
import { PLOT_INSET } from './plot-area'
import type { ReadoutRow } from './readout'
import type { ChartProps } from './time-chart'
import { toFraction } from './time-frame'
import { useHasMounted } from './use-has-mounted'
import { useMoment } from './use-moment'

export function HeatMap({ panel, exprs, board, frame }: ChartProps) {
  const { timesMs, stepMs } = board
  const series = board.series(exprs[0] ?? '')
  const heat = useMemo(() => toHeat(timesMs, series, frame, stepMs), [timesMs, series, frame, stepMs])
  const moment = useMoment(panel.id, timesMs, frame)
  const hasMounted = useHasMounted()
  const atMs = timesMs[moment.index]
  const column = heat.columns.find(({ startMs, endMs }) => atMs !== undefined && atMs > startMs && atMs <= endMs)
  const spanMs = frame.endMs - frame.startMs
  const edges = toEdgeLabels(heat.bounds)

  /** From the slowest down, as the cells stand; empty buckets are left out. */
  const rows = (column?.counts ?? [])
    .map((count, row): ReadoutRow & { count: number } => ({
      count,
      name: toBucketName({
        lower: heat.bounds[row - 1] ?? 0,
        upper: heat.bounds[row] ?? Number.POSITIVE_INFINITY,
        count,
      }),
      text: toText(count, panel.unit),
      colour: `heat-${toHeatLevel(count, heat.max)}`,
    }))
    .filter(({ count }) => toHeatLevel(count, heat.max) > 0)
    .reverse()

  return (
    <>
      <Plot
        {...moment}
        label={panel.title}
        count={timesMs.length}
        heading={atMs === undefined ? '' : toClock(atMs)}
        rows={rows.length > 0 ? rows : [{ name: 'no requests', text: '' }]}
      >
        <div className={styles.map}>
          <svg
            className={styles.cells}
            data-mark
            style={{ left: PLOT_INSET.left, top: PLOT_INSET.top }}
            viewBox={`0 0 ${spanMs} ${Math.max(1, heat.bounds.length)}`}
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            {HEAT_LEVELS.map((level) => (
              <path key={level} d={toHeatPath(heat, frame, level)} fill={`var(--heat-${level})`} />
            ))}
          </svg>
          {edges.map((edge, row) =>
            row % 2 === 0 ? (
              <span
                key={edge + String(heat.bounds[row])}
                className={styles.edge}
                style={{ bottom: edgeBottom(row, edges.length) }}
              >
                {edge}
              </span>
            ) : null,
          )}
          {hasMounted &&
            frame.ticksMs.map((tickMs) => (
              <span key={tickMs} className={styles.tick} style={{ left: tickLeft(toFraction(frame, tickMs)) }}>
                {toTickLabel(tickMs)}
              </span>
            ))}
        </div>
      </Plot>
      <HeatScale max={heat.max} unit={panel.unit} />
    </>
  )
}

const tickLeft = (fraction: number) =>
  `calc(${PLOT_INSET.left}px + (100% - ${PLOT_INSET.left + PLOT_INSET.right}px) * ${fraction})`

/** An edge stands where its bucket ends: at the upper side of its row. */
const edgeBottom = (row: number, rows: number) =>
  `calc(${PLOT_INSET.bottom}px + (100% - ${PLOT_INSET.top + PLOT_INSET.bottom}px) * ${(row + 1) / rows})`
