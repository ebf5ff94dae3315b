'use client'
// The answer over time, with the board's own charts: the chart that fits its shape, or the one that was chosen.
import { memo, useMemo, useState } from 'react'
import type { Panel } from '../_boards/panel'
import { HeatMap } from '../_charts/heat-map'
import { TimeChart } from '../_charts/time-chart'
import type { TimeFrame } from '../_charts/time-frame'
import { toCount } from '../_format/digits'
import { toSpan } from '../_format/time'
import type { LiveBoard, LiveState } from '../_live/live-board'
import type { Face } from '../_panels/face'
import more from '../_panels/more-button.module.css'
import { PanelFrame } from '../_panels/panel-frame'
import { PanelMenu } from '../_panels/panel-menu'
import type { ExploreView } from '../_state/explore-query'
import type { AnswerProps } from './answer'
import styles from './answer.module.css'
import { AnswerControls } from './answer-controls'
import { Bars, Numbers } from './bars'
import { Choice } from './choice'
import { DRAWINGS } from './parse-explore'
import type { DrawnSeries, Shape } from './shape'
import { HEAT, toBoard, toCommon, toLetter, toPanel, toPinned, toSeries, toSeriesName, toShape } from './shape'
import type { RangeTold, Told } from './use-told'

/** Series that are drawn at first, so many more at each wish, and at most: a browser draws them again with every tick. */
const SHOWN = 100
const MOST_SHOWN = 500

const DRAWING_NAMES: Readonly<Record<ExploreView['drawing'], string>> = {
  auto: 'Auto',
  lines: 'Lines',
  stack: 'Stacked',
  heatmap: 'Heat map',
  bars: 'Bars',
  number: 'Number',
}

const HELP =
  'What the queries answer over the time that is shown. Drag over it to zoom, click to pin the crosshair, choose a name to hide its series.'

export const Graph = memo(function Graph({ explore, onExplore, told, isAsking, frame, state }: AnswerProps) {
  const [shown, setShown] = useState(SHOWN)
  const range = told?.kind === 'range' ? told : undefined
  const all = useMemo(() => (range === undefined ? [] : toSeries(range)), [range])
  const shape = toShape(all, explore.drawing)
  const series = useMemo(() => (shape === 'heatmap' ? all : all.slice(0, shown)), [all, shape, shown])
  const panel = useMemo(() => toPanel(series, shape, explore.unit), [series, shape, explore.unit])
  const board = useMemo(() => (range === undefined ? undefined : toBoard(range, series, state)), [range, series, state])
  const common = useMemo(() => (range === undefined ? '' : toCommonText(range, shape)), [range, shape])
  const exprs = panel.queries.map(({ expr }) => expr)
  const stepMs = range?.steps.stepMs
  const isCut = range?.results.some((result) => 'answer' in result && result.answer.isCut) === true
  const asked = range?.results.map(({ query }) => ({ name: toLetter(query.place), expr: query.expr })) ?? []

  return (
    <PanelFrame
      panel={{
        ...panel,
        help: HELP,
        subtitle: stepMs === undefined ? '' : `${toSpan(frame.endMs - frame.startMs)}, a point every ${toSpan(stepMs)}`,
      }}
      face={toAnswerFace(told, all.length, state, isAsking && range === undefined)}
      words={{ rangeMs: frame.endMs - frame.startMs, windowMs: 0, minuteMs: 0, target: '' }}
      newestMs={board?.newestMs ?? null}
      menu={
        board && (
          <PanelMenu
            panel={panel}
            exprs={exprs}
            board={board}
            frame={frame}
            asked={asked}
            origin={toPinned(explore, shape)}
          />
        )
      }
      controls={
        <AnswerControls explore={explore} onExplore={onExplore}>
          <Choice
            label="Chart"
            value={explore.drawing}
            options={DRAWINGS.map((value) => ({
              value,
              name:
                value === 'auto' ? `Auto, ${DRAWING_NAMES[toShape(all, 'auto')].toLowerCase()}` : DRAWING_NAMES[value],
            }))}
            onChange={(value) => onExplore({ drawing: DRAWINGS.find((drawing) => drawing === value) ?? 'auto' })}
          />
        </AnswerControls>
      }
    >
      <div className={styles.drawn} data-shape={shape}>
        {board && <Drawn {...{ shape, panel, exprs, board, frame, series, unit: explore.unit }} />}
      </div>
      {common !== '' && (
        <p className={styles.common}>
          All have <code>{common}</code>
        </p>
      )}
      {series.length < all.length && (
        <p className={styles.more}>
          The first {toCount(series.length)} of {isCut ? 'more than ' : ''}
          {toCount(all.length)} series.
          {series.length < MOST_SHOWN && (
            <button type="button" className={more.more} onClick={() => setShown(Math.min(MOST_SHOWN, shown + SHOWN))}>
              Show {Math.min(SHOWN, MOST_SHOWN - shown, all.length - shown)} more
            </button>
          )}
        </p>
      )}
    </PanelFrame>
  )
})

/** Where the names of the series leave it out. */
function toCommonText(told: RangeTold, shape: Shape): string {
  const isNamed = told.results.some(({ query }) => query.legend === '')
  return shape === 'heatmap' || !isNamed ? '' : toSeriesName('', toCommon(told))
}

type DrawnProps = {
  shape: Shape
  panel: Panel
  exprs: readonly string[]
  board: LiveBoard
  frame: TimeFrame
  series: readonly DrawnSeries[]
  unit: ExploreView['unit']
}

function Drawn({ shape, panel, exprs, board, frame, series, unit }: DrawnProps) {
  const chart = { panel, exprs, board, frame, annotations: [] }
  switch (shape) {
    case 'lines':
    case 'stack':
      return <TimeChart {...chart} />
    case 'heatmap':
      return <HeatMap {...chart} exprs={[HEAT]} />
    case 'bars':
      return <Bars series={series} unit={unit} />
    case 'number':
      return <Numbers series={series} unit={unit} timesMs={board.timesMs} frame={frame} />
  }
}

/** Reasons stand at the queries: here it is said that there is nothing to show. */
export function toAnswerFace(told: Told | undefined, count: number, state: LiveState, isAsking: boolean): Face {
  if (told === undefined) return isAsking ? { kind: 'loading' } : { kind: 'empty', text: 'All queries are off.' }
  if (isAsking) return { kind: 'loading' }
  if (state === 'reconnecting') return { kind: 'lost', reason: undefined, hasValues: count > 0 }
  if (count > 0) return { kind: 'live' }
  const hasAnswer = told.results.some((result) => 'answer' in result)
  return { kind: 'empty', text: hasAnswer ? 'No series in this time.' : 'No answer: the reason stands at the query.' }
}
