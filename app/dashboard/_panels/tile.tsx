'use client'
// A headline number with its recent past under it.
import type { ReactNode } from 'react'
import { useId } from 'react'
import { toPanelName } from '../_boards/panel'
import { Spark } from '../_charts/spark'
import type { ChartProps } from '../_charts/time-chart'
import { toFace } from './face'
import type { Words } from './fill-words'
import { fillWords } from './fill-words'
import { HelpTip } from './help-tip'
import { LevelBadge } from './level-badge'
import { useReason } from './lost-badge'
import styles from './tile.module.css'
import { toTileWords } from './tile-words'
import { toThresholdWords, toVerdictTitle } from './verdict'

export function Tile({ panel, exprs, board, frame, words, menu }: ChartProps & { words: Words; menu: ReactNode }) {
  const titleId = useId()
  const face = toFace(panel, exprs, board)
  const { reading, caption, total, verdict } = toTileWords(panel, exprs, board, words)
  const now = panel.queries.findIndex(({ legend }) => legend === 'now')
  const values = board.series(exprs[now] ?? '')[0]?.values ?? []
  // What has stopped is neither good nor bad.
  const level = face.kind === 'live' ? verdict?.level : undefined
  const reason = useReason(face.kind === 'lost' ? face.reason : undefined)

  return (
    <article id={panel.id} className={styles.tile} aria-labelledby={titleId} data-face={face.kind} data-level={level}>
      <header className={styles.header}>
        <h2 id={titleId}>{panel.title}</h2>
        {total !== undefined && <span>{total}</span>}
        {level !== undefined && <LevelBadge level={level} title={toVerdictTitle(verdict)} />}
        <div className={styles.tools} data-tools>
          <HelpTip name={toPanelName(panel)} text={fillWords(panel.help, words) + toThresholdWords(panel)} />
          {menu}
        </div>
      </header>
      {face.kind === 'loading' ? (
        <p className={styles.loading}>
          <span className="visually-hidden">Loading</span>
        </p>
      ) : (
        <p className={styles.number}>
          {reading.digits}
          <small>{reading.suffix}</small>
        </p>
      )}
      <span className={styles.caption}>{face.kind === 'loading' ? '' : (reason ?? caption)}</span>
      <div className={styles.spark}>
        <Spark
          timesMs={board.timesMs}
          values={values}
          frame={frame}
          colour={panel.queries[now]?.colour ?? 'gone'}
          height={30}
        />
      </div>
    </article>
  )
}
