'use client'
// A panel over time: lines or stacked areas, the cursor, the legend.
import { memo, useMemo } from 'react'
import type { Panel } from '../_boards/panel'
import { toPanelName } from '../_boards/panel'
import { toClock } from '../_format/time'
import type { Unit } from '../_format/unit'
import { roundOf, toText } from '../_format/unit'
import type { LiveBoard } from '../_live/live-board'
import { useExemplars } from '../_panels/use-exemplars'
import { useHiddenSeries } from '../_state/hidden-series'
import { AnnotationLines } from './annotation-lines'
import type { Annotation } from './annotations'
import { toAnnotationRows } from './annotations'
import { ChartFrame } from './chart-frame'
import type { ChartLine } from './chart-line'
import { toLines } from './chart-line'
import type { Curves } from './curves'
import { toCurves, toStack } from './curves'
import { ExemplarDots, ExemplarLinks, exemplarsAt, NO_EXEMPLARS, toExemplarRows } from './exemplars'
import { Legend } from './legend'
import { Plot } from './plot'
import type { ReadoutRow } from './readout'
import type { TimeFrame } from './time-frame'
import { TimeMarks } from './time-marks'
import { useMoment } from './use-moment'
import { useTimeTicks } from './use-time-ticks'
import type { ValueAxis } from './value-axis'
import { toAxisFromZero, toAxisTicks, toFittedAxis, toLogAxis } from './value-axis'

export type ChartProps = { panel: Panel; exprs: readonly string[]; board: LiveBoard; frame: TimeFrame }

export type AnnotatedChartProps = ChartProps & { annotations: readonly Annotation[] }

export function TimeChart({ panel, exprs, board, frame, annotations }: AnnotatedChartProps) {
  const { timesMs } = board
  const isStacked = panel.chart === 'stack'
  const hidden = useHiddenSeries(panel.id)
  const all = useMemo(() => toLines(panel, exprs, board), [panel, exprs, board])
  const lines = useMemo(() => all.filter(({ key }) => !hidden.keys.has(key)), [all, hidden])
  const drawn = useMemo(() => {
    const plain = toCurves(timesMs, lines, frame)
    return isStacked ? { ...plain, curves: toStack(plain.curves) } : plain
  }, [timesMs, lines, frame, isStacked])
  const axis = useMemo(() => axisOf(drawn, panel), [drawn, panel])
  const exemplars = useExemplars(panel.hasExemplars && exprs[0], frame, board.state)?.exemplars ?? NO_EXEMPLARS
  const moment = useMoment(panel.id, timesMs, frame)
  const atMs = timesMs[moment.index]
  const near = exemplarsAt(exemplars, frame, atMs)

  return (
    <>
      <Plot
        {...moment}
        label={toPanelName(panel)}
        count={timesMs.length}
        heading={atMs === undefined ? '' : toClock(atMs)}
        rows={[
          ...toAnnotationRows(annotations, frame, atMs),
          ...toReadout(lines, moment.index, panel),
          ...toExemplarRows(near, panel.unit),
        ]}
        links={near.length > 0 && <ExemplarLinks near={near} unit={panel.unit} />}
      >
        <Drawing isStacked={isStacked} lines={lines} drawn={drawn} frame={frame} axis={axis} unit={panel.unit} />
        <AnnotationLines annotations={annotations} frame={frame} />
        {exemplars.length > 0 && <ExemplarDots exemplars={exemplars} frame={frame} toHeight={axis.toFraction} />}
      </Plot>
      <Legend panel={panel} lines={all} hidden={hidden} timesMs={timesMs} />
    </>
  )
}

/** Of a stack as it stands, from its top, and what it amounts to. */
export function toReadout(lines: readonly ChartLine[], index: number, { chart, unit: common }: Panel): ReadoutRow[] {
  const rows = lines.map(
    ({ name, colour, values, unit = common }): ReadoutRow => ({ name, colour, text: toText(values[index], unit) }),
  )
  if (chart !== 'stack') return rows.length > MOST_READ ? toLargest(rows, lines, index) : rows
  const values = lines.map((line) => line.values[index] ?? null).filter((value) => value !== null)
  const total =
    values.length === 0 ? null : values.reduce((sum, value) => sum + (Number.isFinite(value) ? value : 0), 0)
  return [...rows.reverse(), { name: 'total', text: toText(total, common), isTotal: true }]
}

/** As many numbers as are read at a glance, and as have room. */
const MOST_READ = 16

function toLargest(rows: readonly ReadoutRow[], lines: readonly ChartLine[], index: number): ReadoutRow[] {
  const sizeOf = (i: number) => lines[i]?.values[index] ?? Number.NEGATIVE_INFINITY
  const ranked = rows.map((row, i) => ({ row, size: sizeOf(i) })).sort((a, b) => b.size - a.size)
  const largest = ranked.slice(0, MOST_READ).map(({ row }) => row)
  return [...largest, { name: `${rows.length - MOST_READ} smaller ones`, text: '' }]
}

type DrawingProps = {
  isStacked: boolean
  lines: readonly ChartLine[]
  drawn: Curves
  frame: TimeFrame
  axis: ValueAxis
  unit: Unit
}

/** Apart from the cursor, so that moving it draws nothing again. */
const Drawing = memo(function Drawing({ unit, ...marks }: DrawingProps) {
  return (
    <ChartFrame {...useTimeTicks(marks.frame)} y={toAxisTicks(marks.axis, unit)} hasGrid>
      <TimeMarks {...marks} />
    </ChartFrame>
  )
})

/** The last curve of a stack is its upper edge. */
function axisOf({ curves }: Curves, { axis: kind, extent, unit }: Panel): ValueAxis {
  const drawn = curves.flat().filter((value) => value !== null)
  const values = kind === 'log' ? drawn.filter((value) => value > 0) : drawn
  const max = values.reduce((most, value) => Math.max(most, value), 0)
  const min = values.reduce((least, value) => Math.min(least, value), max)
  if (kind === undefined) {
    const top = extent?.max ?? max
    return toAxisFromZero(top, extent?.min ?? min, roundOf(top, unit))
  }
  return kind === 'log' ? toLogAxis(min, max) : toFittedAxis(min, max)
}
