'use client'
// The exemplars of a chart: a diamond for each, the words of those at the reader's moment, and, once that is pinned, their links.
import { memo } from 'react'
import type { Unit } from '../_format/unit'
import { toText } from '../_format/unit'
import { toExemplarExplore, toSeriesWords, toTraceUrl, traceIdOf } from '../_panels/exemplar-links'
import type { Exemplar } from '../_panels/use-exemplars'
import { useStatus } from '../_panels/use-status'
import { useShell } from '../_state/shell'
import { useView } from '../_state/use-view'
import { share } from './chart-frame'
import styles from './exemplars.module.css'
import type { ReadoutRow } from './readout'
import type { TimeFrame } from './time-frame'
import { toFraction } from './time-frame'

/** Of the frame's width: so close to one the reader's moment tells of it. */
const REACH = 0.015
/** The largest of them are told. */
const MOST_TOLD = 4

export const NO_EXEMPLARS: readonly Exemplar[] = []

/** How high a value lies, 0 at the bottom of the plot and 1 at its top. */
type DotsProps = { exemplars: readonly Exemplar[]; frame: TimeFrame; toHeight: (value: number) => number }

/** Lies over the plotted area. Apart from the cursor, so that moving it draws nothing again. */
export const ExemplarDots = memo(function ExemplarDots({ exemplars, frame, toHeight }: DotsProps) {
  return (
    <svg className={styles.dots} aria-hidden="true">
      {exemplars.filter(isWithin(frame)).map((exemplar) => (
        <svg
          key={toKey(exemplar)}
          aria-hidden="true"
          x={share(toFraction(frame, exemplar.timeMs))}
          y={share(1 - toHeight(exemplar.value))}
          data-exemplar={traceIdOf(exemplar)}
        >
          <path d="M0-4L4 0L0 4L-4 0Z" />
        </svg>
      ))}
    </svg>
  )
})

/** Those at the reader's moment, the largest first. */
export function exemplarsAt(exemplars: readonly Exemplar[], frame: TimeFrame, atMs: number | undefined): Exemplar[] {
  if (atMs === undefined) return []
  const x = toFraction(frame, atMs)
  return exemplars
    .filter(isWithin(frame))
    .filter(({ timeMs }) => Math.abs(toFraction(frame, timeMs) - x) <= REACH)
    .slice(0, MOST_TOLD)
}

export function toExemplarRows(near: readonly Exemplar[], unit: Unit): ReadoutRow[] {
  return near.map((exemplar) => ({
    name: `◆ ${toSeriesWords(exemplar)}, trace ${toShortTrace(exemplar)}`,
    text: toText(exemplar.value, unit),
  }))
}

export function ExemplarLinks({ near, unit }: { near: readonly Exemplar[]; unit: Unit }) {
  const { traceUrlTemplate } = useStatus()
  const { doors } = useShell()
  const [view] = useView()
  return (
    <ul className={styles.links} aria-label="Exemplars at this moment">
      {near.map((exemplar) => {
        const url = toTraceUrl(exemplar, traceUrlTemplate)
        const words = `${toText(exemplar.value, unit)} ${toSeriesWords(exemplar)}`
        return (
          <li key={toKey(exemplar)}>
            {url === undefined ? (
              <code>{traceIdOf(exemplar)}</code>
            ) : (
              <a href={url} target="_blank" rel="noreferrer" aria-label={`Trace ${traceIdOf(exemplar)}, ${words}`}>
                Trace {toShortTrace(exemplar)}
              </a>
            )}{' '}
            <a href={doors.pages.explore + toExemplarExplore(exemplar, view)} aria-label={`Explore ${words}`}>
              Explore
            </a>
          </li>
        )
      })}
    </ul>
  )
}

const isWithin = ({ startMs, endMs }: TimeFrame) => {
  return ({ timeMs }: Exemplar) => timeMs > startMs && timeMs <= endMs
}

const toShortTrace = (exemplar: Exemplar) => {
  const id = traceIdOf(exemplar) ?? ''
  return id.length > 12 ? `${id.slice(0, 8)}…` : id
}

const toKey = ({ labels, timeMs, value, series }: Exemplar) => JSON.stringify([labels, timeMs, value, series])
