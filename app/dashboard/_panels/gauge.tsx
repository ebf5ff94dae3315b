'use client'
// A number of the process over its recent past, with the shared cursor.
import { useMemo } from 'react'
import { toLines } from '../_charts/chart-line'
import { Plot } from '../_charts/plot'
import { Spark } from '../_charts/spark'
import type { ChartProps } from '../_charts/time-chart'
import { useMoment } from '../_charts/use-moment'
import { toClock } from '../_format/time'
import { toReading, toText } from '../_format/unit'
import { isCut } from '../_live/live-board'
import type { Words } from './fill-words'
import styles from './gauge.module.css'
import { LevelBadge } from './level-badge'
import { toVerdict, toVerdictTitle } from './verdict'

/** That of a bare plot. */
const HEIGHT = 64

/** `words` are those of its thresholds. */
export function Gauge({ panel, exprs, board, frame, words }: ChartProps & { words: Words }) {
  const { timesMs } = board
  const lines = useMemo(() => toLines(panel, exprs, board), [panel, exprs, board])
  const moment = useMoment(panel.id, timesMs, frame)
  const line = lines[0]
  if (line === undefined) return null
  const atMs = timesMs[moment.index]
  const reading = toReading(line.values[moment.index < 0 ? timesMs.length - 1 : moment.index], panel.unit)
  const verdict = isCut(board) ? undefined : toVerdict(panel, exprs, board, words)
  return (
    <>
      <p className={styles.number}>
        {reading.digits} {panel.unit === 'bytes' && <small>{reading.suffix}</small>}
        {verdict !== undefined && (
          <span className={styles.level}>
            {verdict.level !== 'good' && (
              <small>
                {verdict.text}, {verdict.window}
              </small>
            )}
            <LevelBadge level={verdict.level} title={toVerdictTitle(verdict)} />
          </span>
        )}
      </p>
      <Plot
        {...moment}
        label={panel.title}
        count={timesMs.length}
        heading={atMs === undefined ? '' : toClock(atMs)}
        rows={[{ name: line.name, text: toText(line.values[moment.index], panel.unit) }]}
        isBare
      >
        <Spark timesMs={timesMs} values={line.values} frame={frame} colour={line.colour} height={HEIGHT} />
      </Plot>
    </>
  )
}
