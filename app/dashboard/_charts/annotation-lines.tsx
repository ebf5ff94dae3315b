'use client'
// What happened, as lines through a chart over time, with a flag for each kind. The readout has their words.
import { memo } from 'react'
import styles from './annotation-lines.module.css'
import type { Annotation } from './annotations'
import { share } from './chart-frame'
import type { TimeFrame } from './time-frame'
import { toFraction } from './time-frame'

/** By shape as well as by colour: a start rises, a build is a diamond, a note a flag. */
const FLAGS: Record<Annotation['kind'], string> = {
  start: 'M-4 7H4L0 0Z',
  build: 'M0 0L4 4L0 8L-4 4Z',
  note: 'M0 0H7L5 3.5L7 7H0Z',
}

/** Lies over the plotted area. Apart from the cursor, so that moving it draws nothing again. */
export const AnnotationLines = memo(function AnnotationLines({
  annotations,
  frame,
}: {
  annotations: readonly Annotation[]
  frame: TimeFrame
}) {
  if (annotations.length === 0) return null
  return (
    <svg className={styles.lines} aria-hidden="true">
      {annotations.map(({ kind, timeMs, text }) => (
        <svg
          key={`${kind} ${timeMs} ${text}`}
          aria-hidden="true"
          x={share(toFraction(frame, timeMs))}
          data-annotation={kind}
        >
          <line y2="100%" />
          <path d={FLAGS[kind]} />
        </svg>
      ))}
    </svg>
  )
})
