'use client'
// A panel of a board from a file over time, in Grafana's way: with its thresholds, its overrides, and an axis that fits the values.
import { memo, useMemo } from 'react'
import type { OwnPanel, TimeDrawing } from '../_boards/own-board'
import { toPanelName } from '../_boards/panel'
import { AnnotationLines } from '../_charts/annotation-lines'
import { toAnnotationRows } from '../_charts/annotations'
import { ChartFrame, Stretched, share } from '../_charts/chart-frame'
import { toLines } from '../_charts/chart-line'
import { CURVE_WIDTH, toXs } from '../_charts/curves'
import { Legend } from '../_charts/legend'
import { Plot } from '../_charts/plot'
import { toBandPath, toBarsPath, toLinePath } from '../_charts/svg-path'
import { toReadout } from '../_charts/time-chart'
import type { TimeFrame } from '../_charts/time-frame'
import marks from '../_charts/time-marks.module.css'
import { useMoment } from '../_charts/use-moment'
import { useTimeTicks } from '../_charts/use-time-ticks'
import type { ValueAxis } from '../_charts/value-axis'
import { toAxisTicks } from '../_charts/value-axis'
import { toClock } from '../_format/time'
import type { Shown } from '../_panels/shown'
import { useHiddenSeries } from '../_state/hidden-series'
import styles from './own-chart.module.css'
import type { OwnLine, Side } from './own-curves'
import { toSides } from './own-curves'
import type { OwnSeries } from './series'
import { toSeriesPanel } from './series'

type OwnChartProps = Pick<Shown, 'board' | 'frame' | 'annotations'> & {
  panel: OwnPanel['panel']
  drawing: TimeDrawing
  series: readonly OwnSeries[]
}

export function OwnChart({ panel, drawing, series, board, frame, annotations }: OwnChartProps) {
  const { timesMs } = board
  const hidden = useHiddenSeries(panel.id)
  const all = useMemo(() => toOwnLines(panel, series, board), [panel, series, board])
  const lines = useMemo(() => all.filter(({ key }) => !hidden.keys.has(key)), [all, hidden])
  const drawn = useMemo(
    () => toSides({ panel, drawing }, lines, { timesMs, frame }),
    [panel, drawing, lines, timesMs, frame],
  )
  const moment = useMoment(panel.id, timesMs, frame)
  const atMs = timesMs[moment.index]
  const isAlone = ({ of }: OwnLine) => of.isAlone === true
  const alone = panel.chart === 'stack' ? lines.filter(isAlone) : []
  return (
    <>
      <Plot
        {...moment}
        label={toPanelName(panel)}
        count={timesMs.length}
        heading={atMs === undefined ? '' : toClock(atMs)}
        rows={[
          ...toAnnotationRows(annotations, frame, atMs),
          ...toReadout(
            lines.filter((line) => !alone.includes(line)),
            moment.index,
            panel,
          ),
          ...toReadout(alone, moment.index, { ...panel, chart: 'lines' }),
        ]}
      >
        <Drawing {...drawn} frame={frame} drawing={drawing} />
        <AnnotationLines annotations={annotations} frame={frame} />
      </Plot>
      <Legend panel={panel} lines={all} hidden={hidden} timesMs={timesMs} />
    </>
  )
}

function toOwnLines(panel: OwnPanel['panel'], series: readonly OwnSeries[], board: Shown['board']): OwnLine[] {
  const { panel: named, exprs, board: answers } = toSeriesPanel(panel, series, board)
  return toLines(named, exprs, answers).flatMap((line, i) => {
    const of = series[i]
    return of === undefined ? [] : [{ ...line, of, ...(of.unit !== undefined && { unit: of.unit }) }]
  })
}

type DrawingProps = { timesMs: readonly number[]; sides: readonly Side[]; frame: TimeFrame; drawing: TimeDrawing }

const HEIGHT = 1000
/** Part of a bar's place that it takes. */
const BAR = 0.8

/** Apart from the cursor, so that moving it draws nothing again. */
const Drawing = memo(function Drawing({ timesMs, sides, frame, drawing }: DrawingProps) {
  const ticks = useTimeTicks(frame)
  const [left, right] = sides
  if (left === undefined) return null
  const xs = toXs(timesMs, frame)
  const [first = 0, second = CURVE_WIDTH] = xs
  const barWidth = (second - first) * BAR
  return (
    <>
      <ChartFrame {...ticks} y={toAxisTicks(left.axis, left.unit)} hasGrid>
        {drawing.stepsAs !== undefined && <Thresholds {...drawing} axis={left.axis} />}
        <Stretched width={CURVE_WIDTH} height={HEIGHT} isClipped>
          {sides.flatMap(({ layers, axis }) =>
            layers.map(({ key, colour, as, tops, bottoms }) => {
              const toY = (value: number | null) => (value === null ? null : (1 - axis.toFraction(value)) * HEIGHT)
              if (as === 'line') {
                const d = toLinePath(xs, tops.map(toY))
                return <path key={key} className={marks.line} data-mark stroke={`var(--${colour})`} d={d} />
              }
              const [ys, floor] = [tops.map(toY), bottoms.map(toY)]
              const d = as === 'band' ? toBandPath(xs, ys, floor) : toBarsPath(xs, ys, floor, barWidth)
              return <path key={key} className={marks.band} data-mark data-as={as} fill={`var(--${colour})`} d={d} />
            }),
          )}
        </Stretched>
      </ChartFrame>
      {right !== undefined && (
        <svg className={styles.right} aria-hidden="true">
          {toAxisTicks(right.axis, right.unit).map(({ at, label }) => (
            <text key={at} x="100%" dx={-4} y={share(1 - at)} dy="-0.3em">
              {label}
            </text>
          ))}
        </svg>
      )}
    </>
  )
})

function Thresholds({ steps = [], stepsAs, axis }: TimeDrawing & { axis: ValueAxis }) {
  const [bottom, top] = axis.domain
  const within = (value: number) => Math.min(top, Math.max(bottom, value))
  const toY = (value: number) => 1 - axis.toFraction(value)
  return steps
    .filter(({ tone }) => tone !== 'ink')
    .map(({ from, tone }) => {
      const next = steps[steps.findIndex((step) => step.from === from) + 1]?.from ?? top
      const [low, high] = [within(from ?? bottom), within(next)]
      const isLine = stepsAs !== 'areas' && from !== null && from >= bottom && from <= top
      return (
        <g key={`${from}`} color={`var(--${tone})`} data-threshold={tone}>
          {stepsAs !== 'lines' && high > low && (
            <rect className={styles.area} width="100%" y={share(toY(high))} height={share(toY(low) - toY(high))} />
          )}
          {isLine && <line className={styles.limit} x2="100%" y1={share(toY(from))} y2={share(toY(from))} />}
        </g>
      )
    })
}
