'use client'
// One panel of a reader's own board, with what of it can't be drawn in its place.
import type { CSSProperties, ReactNode } from 'react'
import { lazy, memo, Suspense, useEffect, useMemo, useRef } from 'react'
import { panelExprs } from '../_boards/board-exprs'
import type { OwnPanel } from '../_boards/own-board'
import { HeatMap } from '../_charts/heat-map'
import '../_format/given-unit'
import { EmptyWords } from '../_panels/empty-words'
import { toFace } from '../_panels/face'
import { toWords } from '../_panels/fill-words'
import { PanelFrame } from '../_panels/panel-frame'
import { PanelMenu } from '../_panels/panel-menu'
import { PanelPlace } from '../_panels/panel-place'
import type { Shown } from '../_panels/shown'
import { useAnswered } from '../_panels/use-answered'
import { useHeld } from '../_panels/use-held'
import { useOnScreen } from '../_panels/use-on-screen'
import { Numbers } from './numbers'
import { useFinds } from './overrides'
import { OwnChart } from './own-chart'
import styles from './own-place.module.css'
import type { OwnSeries } from './series'
import { MOST_SERIES, toBucketSeries, toOwnSeries, toSeriesPanel } from './series'
import { TableBody } from './table-body'

const Markdown = lazy(() => import('./markdown').then(({ Markdown }) => ({ default: Markdown })))

type OwnPlaceProps = {
  own: OwnPanel
  shown: Shown
  /** Whether `shown` has its answers. */
  isAsked: boolean
  onScreen: (id: string, isOnScreen: boolean) => void
  over?: ReactNode
}

/** Off the screen a panel is drawn now and then, for who reads or prints the page without looking. */
const OFF_SCREEN_EVERY_MS = 10_000

export const OwnPlace = memo(function OwnPlace({ own, shown, isAsked, onScreen, over }: OwnPlaceProps) {
  const cell = useRef<HTMLDivElement>(null)
  const isOnScreen = useOnScreen(cell)
  const { panel, drawing } = own
  const { id } = panel
  useEffect(() => {
    onScreen(id, isOnScreen)
    return () => onScreen(id, false)
  }, [id, isOnScreen, onScreen])
  const drawn = useHeld(
    useMemo(() => ({ shown, own, isAsked }), [shown, own, isAsked]),
    (held) => isOnScreen || held.own !== own || held.isAsked !== isAsked || isOld(held.shown, shown),
  )
  return (
    <div
      ref={cell}
      className={styles.place}
      data-size={sizeOf(own)}
      data-placed={own.place !== undefined}
      style={styleOf(own)}
    >
      {over}
      {drawing.kind === 'ours' && panel.chart !== 'heatmap' && drawn.isAsked ? (
        <PanelPlace place={placeOf(own)} shown={drawn.shown} />
      ) : (
        <Framed own={drawn.own} shown={drawn.shown} isAsked={drawn.isAsked} />
      )}
    </div>
  )
})

/** The same for the same panel, so that it is drawn again only when something changes. */
const places = new WeakMap<OwnPanel, { span: 12; panels: [OwnPanel['panel']] }>()
function placeOf(own: OwnPanel) {
  const place = places.get(own) ?? { span: 12, panels: [own.panel] }
  places.set(own, place)
  return place
}

function isOld(held: Shown, shown: Shown): boolean {
  if (held.variables !== shown.variables || held.board.state !== shown.board.state) return true
  return (shown.board.newestMs ?? 0) - (held.board.newestMs ?? 0) >= OFF_SCREEN_EVERY_MS
}

/** Of 24 columns: fewer have no room for a number, where the file doesn't say its place. */
const LEAST_COLUMNS = 3
/** Never in the server's HTML, in which a strict policy allows no style. */
function styleOf({ width, place }: OwnPanel): CSSProperties {
  const properties: Record<`--${string}`, number> = {
    '--columns': place === undefined ? Math.max(LEAST_COLUMNS, width) : width,
  }
  if (place !== undefined) Object.assign(properties, { '--x': place.x + 1, '--y': place.y + 1, '--rows': place.h })
  return properties as CSSProperties
}
const sizeOf = ({ width }: OwnPanel) => (width < 6 ? 'small' : width <= 12 ? 'middle' : 'large')

type FramedProps = { own: OwnPanel; shown: Shown; isAsked: boolean }

const Framed = memo(function Framed({ own, shown, isAsked }: FramedProps) {
  const { panel, drawing } = own
  const { variables, target, isThisApp, isDown } = shown
  const exprs = useMemo(() => panelExprs(panel, variables), [panel, variables])
  const answered = useAnswered(shown, exprs)
  const { board, frame } = answered
  const finds = useFinds(own.overrides)
  const found = useMemo(() => toOwnSeries(own, exprs, board, finds), [own, exprs, board, finds])
  const series = useMemo(
    () => ('isHistogram' in drawing && drawing.isHistogram ? toBucketSeries(found.series) : found.series),
    [drawing, found],
  )
  const words = toWords(variables, target, { isFixed: board.state === 'paused' })

  if (drawing.kind === 'text') {
    return (
      <section className={styles.text} aria-label={panel.title || 'Text'}>
        {panel.title !== '' && <h2 className={styles.title}>{panel.title}</h2>}
        <Suspense>
          <Markdown text={drawing.text} isPlain={!drawing.isMarkdown} />
        </Suspense>
        <Undrawn words={own.undrawn} />
      </section>
    )
  }
  if (drawing.kind === 'none') {
    return (
      <section id={panel.id} className={styles.nothing} aria-label={panel.title}>
        <h2 className={styles.title}>{panel.title}</h2>
        <EmptyWords text={`This panel can't be drawn here: ${own.undrawn.join('; ')}.`} />
      </section>
    )
  }
  const face = isAsked ? toFace(panel, exprs, board, { isThisApp, isDown }) : ({ kind: 'loading' } as const)
  const names = panel.queries.map(({ refId, legend }) => legend || (refId ?? ''))
  const asked = exprs.map((expr, i) => ({ name: names[i] || expr, expr }))
  return (
    <PanelFrame
      panel={{
        ...panel,
        help: panel.help || 'Without a description.',
        // Numbers need less room than a chart, also while there are none.
        chart: drawing.kind === 'time' || drawing.kind === 'ours' ? panel.chart : 'gauge',
      }}
      face={face}
      words={words}
      newestMs={board.newestMs}
      menu={
        <PanelMenu
          {...(drawing.kind === 'time' ? toSeriesPanel(panel, series, board) : { panel, exprs, board })}
          frame={frame}
          variables={variables}
          asked={asked}
          origin={own}
        />
      }
    >
      <Body own={own} exprs={exprs} shown={answered} series={series} />
      {found.left > 0 && (
        <p className={styles.note}>
          The first {MOST_SERIES} series; there are {found.left} more.
        </p>
      )}
      <Undrawn words={own.undrawn} />
    </PanelFrame>
  )
})

type BodyProps = { own: OwnPanel; exprs: readonly string[]; shown: Shown; series: readonly OwnSeries[] }

function Body({ own, exprs, shown, series }: BodyProps) {
  const { panel, drawing } = own
  const { board, frame, annotations } = shown
  switch (drawing.kind) {
    case 'time':
      return <OwnChart {...{ panel, drawing, series, board, frame, annotations }} />
    case 'ours':
      return <HeatMap {...{ panel, exprs, board, frame, annotations }} />
    case 'stat':
    case 'gauge':
    case 'bars':
      return <Numbers drawing={drawing} panel={panel} series={series} timesMs={board.timesMs} frame={frame} />
    case 'table':
      return <TableBody own={own} exprs={exprs} board={board} />
    case 'text':
    case 'none':
      return null
  }
}

/** Under what is drawn: what of the panel isn't. */
function Undrawn({ words }: { words: readonly string[] }) {
  if (words.length === 0) return null
  return <p className={styles.note}>Not drawn: {words.join('; ')}.</p>
}
