'use client'
// What every panel has around its picture: title, unit, help, its PromQL to copy, and the face that it wears.
import type { ReactNode } from 'react'
import { useId } from 'react'
import type { Panel } from '../_boards/panel'
import { CopyPromql } from './copy-promql'
import type { Face } from './face'
import { HelpTip } from './help-tip'
import { LostBadge } from './lost-badge'
import styles from './panel-frame.module.css'
import { withRange } from './with-range'

type PanelFrameProps = {
  panel: Panel
  face: Face
  rangeMs: number
  newestMs: number | null
  promql: string
  /** Replaces the subtitle, where the panel knows better. */
  subtitle?: string
  controls?: ReactNode
  children: ReactNode
}

export function PanelFrame(props: PanelFrameProps) {
  const { panel, face, rangeMs, newestMs, promql, subtitle = panel.subtitle, controls, children } = props
  const titleId = useId()
  return (
    <section className={styles.panel} aria-labelledby={titleId} data-face={face.kind} data-chart={panel.chart}>
      <header className={styles.header}>
        <h2 id={titleId}>{panel.title}</h2>
        <span>{withRange(subtitle, rangeMs)}</span>
        {face.kind === 'lost' && <LostBadge reason={face.reason} newestMs={newestMs} />}
        <div className={styles.tools}>
          {controls}
          <CopyPromql title={panel.title} text={promql} />
          <HelpTip title={panel.title} text={withRange(panel.help, rangeMs)} />
        </div>
      </header>
      {face.kind === 'loading' && <div className={styles.skeleton} role="img" aria-label="Loading" />}
      {face.kind === 'empty' && <p className={styles.empty}>{face.text}</p>}
      {face.kind === 'lost' && !face.hasValues && <p className={styles.empty}>Nothing has come yet.</p>}
      {(face.kind === 'live' || (face.kind === 'lost' && face.hasValues)) && children}
    </section>
  )
}
