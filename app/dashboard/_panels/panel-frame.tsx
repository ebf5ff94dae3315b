'use client'
// What every panel has around its picture: title, unit, help, its menu, and the face that it wears.
import type { ReactNode } from 'react'
import { useId } from 'react'
import type { Panel } from '../_boards/panel'
import { toPanelName } from '../_boards/panel'
import { EmptyWords } from './empty-words'
import type { Face } from './face'
import type { Words } from './fill-words'
import { fillWords, subtitleOf } from './fill-words'
import { HelpTip } from './help-tip'
import { LostBadge } from './lost-badge'
import styles from './panel-frame.module.css'
import { toThresholdWords } from './verdict'

type PanelFrameProps = {
  panel: Panel
  face: Face
  words: Words
  newestMs: number | null
  menu: ReactNode
  controls?: ReactNode
  children: ReactNode
}

export function PanelFrame(props: PanelFrameProps) {
  const { panel, face, words, newestMs, menu, controls, children } = props
  const titleId = useId()
  return (
    <section
      id={panel.id}
      className={styles.panel}
      aria-labelledby={titleId}
      // Takes the focus when its chart goes.
      tabIndex={-1}
      data-face={face.kind}
      data-chart={panel.chart}
    >
      <header className={styles.header} data-wraps={controls !== undefined && controls !== false}>
        <h2 id={titleId}>{panel.title}</h2>
        {face.kind === 'lost' ? (
          <LostBadge reason={face.reason} newestMs={newestMs} />
        ) : (
          <span>{subtitleOf(panel, words)}</span>
        )}
        <div className={styles.tools} data-tools>
          {controls}
          <HelpTip name={toPanelName(panel)} text={fillWords(panel.help, words) + toThresholdWords(panel)} />
          {menu}
        </div>
      </header>
      {face.kind === 'loading' && <div className={styles.skeleton} role="img" aria-label="Loading" />}
      {face.kind === 'empty' && <EmptyWords text={fillWords(face.text, words)} />}
      {face.kind === 'lost' && !face.hasValues && <EmptyWords text="No values yet." />}
      {(face.kind === 'live' || (face.kind === 'lost' && face.hasValues)) && children}
    </section>
  )
}
