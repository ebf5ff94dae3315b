'use client'
// The number of each series: over its recent past, on a dial, or as a bar; in the colour that its threshold has.
import type { CSSProperties } from 'react'
import type { Drawing, Scale, Tone } from '../_boards/own-board'
import type { Panel } from '../_boards/panel'
import { share } from '../_charts/chart-frame'
import { Spark } from '../_charts/spark'
import type { TimeFrame } from '../_charts/time-frame'
import { toAxisLabel, toReading, toText } from '../_format/unit'
import { mappingOf, TONE_OF, toneOf } from '../_grafana/thresholds'
import styles from './numbers.module.css'
import type { OwnSeries } from './series'
import { reduce } from './series'

type NumbersProps = {
  drawing: Extract<Drawing, { kind: 'stat' | 'gauge' | 'bars' }>
  panel: Panel
  series: readonly OwnSeries[]
  timesMs: readonly number[]
  frame: TimeFrame
}

/** What is said of a series, and in which colour. */
type Reduced = {
  series: OwnSeries
  value: number | undefined
  unit: Panel['unit']
  scale: Scale
  /** Instead of the number. */
  text: string | undefined
  tone: Tone | undefined
}

function toReduced(series: OwnSeries, drawing: NumbersProps['drawing'], unit: Panel['unit']): Reduced {
  const value = reduce(series.values, drawing.reduction)
  const mapping = mappingOf(value, series.mappings ?? drawing.mappings)
  const { min = drawing.min, max = drawing.max, steps = drawing.steps, hue } = series
  const ofStep = value === undefined ? undefined : toneOf(value, steps)
  const tone = mapping?.tone ?? (hue === undefined ? ofStep : TONE_OF[hue])
  return { series, value, unit: series.unit ?? unit, scale: { min, max, steps }, text: mapping?.text, tone }
}

export function Numbers(props: NumbersProps) {
  return (
    <div className={styles.frame}>
      <Drawn {...props} />
    </div>
  )
}

function Drawn({ drawing, panel, series, timesMs, frame }: NumbersProps) {
  const reduced = series.map((one) => toReduced(one, drawing, panel.unit))
  if (drawing.kind === 'bars') return <Bars reduced={reduced} scale={drawing} keepsOrder={drawing.isHistogram} />
  return (
    <ul className={styles.numbers} data-kind={drawing.kind} data-alone={reduced.length === 1}>
      {reduced.map(({ series, value, unit, scale, text, tone }) => {
        const { digits, suffix } = text === undefined ? toReading(value, unit) : { digits: text, suffix: '' }
        return (
          <li key={series.key} style={toneStyle(tone)}>
            {drawing.kind === 'gauge' && <Dial value={value} scale={scale} unit={unit} />}
            <strong>
              {drawing.isName ? series.name : digits}
              {!drawing.isName && suffix !== '' && <small>{suffix === '%' ? '%' : ` ${suffix}`}</small>}
            </strong>
            {!drawing.isName && reduced.length > 1 && (
              <span className={styles.legend} title={series.name}>
                {series.name}
              </span>
            )}
            {drawing.kind === 'stat' && drawing.hasGraph && (
              <div className={styles.spark}>
                <Spark timesMs={timesMs} values={series.values} frame={frame} colour={series.colour} height={36} />
              </div>
            )}
          </li>
        )
      })}
    </ul>
  )
}

export const toneStyle = (tone: string | undefined): CSSProperties | undefined =>
  tone === undefined || tone === 'ink' ? undefined : { ['--tone' as 'color']: `var(--${tone})` }

/** Where the dial begins and ends, in degrees from its top, and its size in units of its own. */
const SWEEP = 120
const RADIUS = 44
const THICKNESS = 9

/** An arc of what is reached between the least and the most, within an arc of the thresholds. */
function Dial({ value, scale, unit }: { value: number | undefined; scale: Scale; unit: Panel['unit'] }) {
  const [min, max] = extentOf(scale, unit)
  const toShare = (at: number) => Math.min(1, Math.max(0, (at - min) / (max - min || 1)))
  const steps = scale.steps.map(({ from, tone }, i) => ({
    tone,
    from: from === null ? 0 : toShare(from),
    to: toShare(scale.steps[i + 1]?.from ?? max),
  }))
  const reached = value === undefined || Number.isNaN(value) ? 0 : toShare(value)
  return (
    <svg className={styles.dial} viewBox="0 0 120 98" aria-hidden="true">
      {steps.map(({ tone, from, to }) => (
        <path
          key={`${from} ${tone}`}
          d={arc(from, to, RADIUS + THICKNESS)}
          stroke={`var(--${tone})`}
          strokeWidth={2.5}
        />
      ))}
      <path d={arc(0, 1, RADIUS)} stroke="var(--grid)" strokeWidth={THICKNESS} />
      {reached > 0 && <path data-mark d={arc(0, reached, RADIUS)} className={styles.reached} strokeWidth={THICKNESS} />}
      <text x={18} y={94}>
        {toAxisLabel(min, unit)}
      </text>
      <text x={102} y={94}>
        {toAxisLabel(max, unit)}
      </text>
    </svg>
  )
}

/** Without them, a share is from 0 to 1, and all else from 0 to 100, as Grafana has it. */
function extentOf({ min = 0, max }: Scale, unit: Panel['unit']): [number, number] {
  return [min, max ?? (unit === 'percent' || unit.startsWith('ratio') ? 1 : Math.max(100, min + 1))]
}

function arc(from: number, to: number, radius: number): string {
  const point = (at: number) => {
    const angle = ((at * 2 - 1) * SWEEP * Math.PI) / 180
    return `${(60 + radius * Math.sin(angle)).toFixed(2)} ${(58 - radius * Math.cos(angle)).toFixed(2)}`
  }
  const isLarge = (to - from) * SWEEP * 2 > 180
  return `M${point(from)}A${radius} ${radius} 0 ${isLarge ? 1 : 0} 1 ${point(to)}`
}

/** The largest first, unless they have an order of their own. From the least of the scale, or from 0. */
function Bars({ reduced, scale, keepsOrder }: { reduced: readonly Reduced[]; scale: Scale; keepsOrder: boolean }) {
  const sizeOf = ({ value }: Reduced) => (Number.isFinite(value) ? Number(value) : 0)
  const rows = keepsOrder ? reduced : [...reduced].sort((a, b) => sizeOf(b) - sizeOf(a))
  const sizes = rows.map(sizeOf)
  const least = scale.min ?? Math.min(0, ...sizes)
  const most = Math.max(scale.max ?? Math.max(0, ...sizes), least)
  const toShare = (at: number) => Math.min(1, Math.max(0, (at - least) / (most - least || 1)))
  const zero = toShare(0)
  return (
    <ul className={styles.bars}>
      {rows.map(({ series, value, unit, text, tone }, i) => {
        const at = toShare(sizes[i] ?? 0)
        return (
          <li key={series.key} className={styles.bar}>
            <span className={styles.name} title={series.name}>
              {series.name}
            </span>
            <svg aria-hidden="true">
              <rect width="100%" height="100%" rx={2.5} fill="var(--grid)" />
              <rect
                data-mark
                x={share(Math.min(zero, at))}
                width={share(Math.abs(at - zero))}
                height="100%"
                rx={2.5}
                fill={`var(--${tone === undefined || tone === 'ink' ? series.colour : tone})`}
              />
            </svg>
            <b>{text ?? toText(value, unit)}</b>
          </li>
        )
      })}
    </ul>
  )
}
