'use client'
// Latency over time as cells, the cursor, and what the colours mean.
import { useCallback, useMemo, useState } from 'react'
import { toClock } from '../_format/time'
import type { Unit } from '../_format/unit'
import { toText } from '../_format/unit'
import { useExemplars } from '../_panels/use-exemplars'
import { AnnotationLines } from './annotation-lines'
import { toAnnotationRows } from './annotations'
import { toBucketName } from './buckets'
import { ExemplarDots, ExemplarLinks, exemplarsAt, NO_EXEMPLARS, toExemplarRows } from './exemplars'
import type { Heat, HeatColumn } from './heat'
import { columnAt, toHeat, toHeatLevel } from './heat'
import { HeatCells, PointedCell } from './heat-cells'
import { HeatScale } from './heat-scale'
import { Plot } from './plot'
import type { ReadoutRow } from './readout'
import type { AnnotatedChartProps } from './time-chart'
import { useMoment } from './use-moment'

export function HeatMap({ panel, exprs, board, frame, annotations }: AnnotatedChartProps) {
  const { timesMs, stepMs } = board
  const series = board.series(exprs[0] ?? '')
  const heat = useMemo(() => toHeat(timesMs, series, frame, stepMs), [timesMs, series, frame, stepMs])
  const { bucketUnit: of = 'seconds' } = panel
  const exemplars = useExemplars(panel.hasExemplars && exprs[0], frame, board.state)?.exemplars ?? NO_EXEMPLARS
  const moment = useMoment(panel.id, timesMs, frame)
  const [height, setHeight] = useState<number | null>(null)
  const atMs = timesMs[moment.index]
  const column = atMs === undefined ? undefined : columnAt(heat, atMs)
  const near = exemplarsAt(exemplars, frame, atMs)
  const { bounds } = heat
  const rows = bounds.length
  /** In the middle of its bucket. */
  const toHeight = useCallback(
    (value: number) =>
      (Math.max(
        0,
        bounds.findIndex((bound) => value <= bound),
      ) +
        0.5) /
      bounds.length,
    [bounds],
  )
  const row = height === null || !moment.isActive ? -1 : Math.min(rows - 1, Math.floor(height * rows))
  return (
    <>
      <Plot
        {...moment}
        label={panel.title}
        count={timesMs.length}
        onHeight={setHeight}
        heading={atMs === undefined ? '' : toClock(atMs)}
        rows={
          atMs === undefined
            ? []
            : [
                ...toAnnotationRows(annotations, frame, atMs),
                ...toReadout(heat, column, row, { unit: panel.unit, of }),
                ...toExemplarRows(near, of),
              ]
        }
        links={near.length > 0 && <ExemplarLinks near={near} unit={of} />}
      >
        <HeatCells heat={heat} frame={frame} of={of} />
        <AnnotationLines annotations={annotations} frame={frame} />
        {exemplars.length > 0 && rows > 0 && <ExemplarDots exemplars={exemplars} frame={frame} toHeight={toHeight} />}
        {column !== undefined && row >= 0 && <PointedCell column={column} row={row} rows={rows} frame={frame} />}
      </Plot>
      <HeatScale max={heat.max} unit={panel.unit} />
    </>
  )
}

/** The cells of a column, the slowest first, as they stand. Empty ones are left out, but for the one under the pointer. */
function toReadout(
  { bounds, max }: Heat,
  column: HeatColumn | undefined,
  pointed: number,
  { unit, of }: { unit: Unit; of: Unit },
): ReadoutRow[] {
  const rows = (column?.counts ?? []).flatMap((count, row): ReadoutRow[] => {
    const level = toHeatLevel(count, max)
    const isPointed = row === pointed
    if (level === 0 && !isPointed) return []
    const bucket = { lower: bounds[row - 1] ?? 0, upper: bounds[row] ?? Number.POSITIVE_INFINITY, count }
    return [{ name: toBucketName(bucket, of), text: toText(count, unit), colour: `heat-${level}`, isPointed }]
  })
  return rows.length > 0 ? rows.reverse() : [{ name: 'none', text: '' }]
}
