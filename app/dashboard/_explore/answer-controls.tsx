'use client'
// How the answer is shown: in which view, with which unit, and what else the view lets one choose.
import type { ReactNode } from 'react'
import { Segments } from '../_bar/segments'
import type { ExploreView } from '../_state/explore-query'
import styles from './answer.module.css'
import { Choice } from './choice'
import { UNITS } from './parse-explore'

const VIEWS: readonly { name: string; value: ExploreView['show'] }[] = [
  { name: 'Graph', value: 'graph' },
  { name: 'Table', value: 'table' },
  { name: 'Explain', value: 'explain' },
]

const UNIT_NAMES: Readonly<Record<ExploreView['unit'], string>> = {
  plain: 'None',
  seconds: 'Seconds',
  bytes: 'Bytes',
  percent: 'Percent',
}

type AnswerControlsProps = {
  explore: ExploreView
  onExplore: (change: Partial<ExploreView>) => void
  children?: ReactNode
}

export function AnswerControls({ explore, onExplore, children }: AnswerControlsProps) {
  return (
    <span className={styles.controls}>
      {children}
      <Choice
        label="Unit"
        value={explore.unit}
        options={UNITS.map((value) => ({ value, name: UNIT_NAMES[value] }))}
        onChange={(value) => onExplore({ unit: UNITS.find((unit) => unit === value) ?? 'plain' })}
      />
      <Segments label="View" options={VIEWS} value={explore.show} onChange={(show) => onExplore({ show })} isSmall />
    </span>
  )
}
