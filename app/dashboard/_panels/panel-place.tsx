'use client'
// One cell of the board: it chooses among its panels, and stops drawing while it is off the screen.
import { memo, useCallback, useMemo, useRef } from 'react'
import { Segments } from '../_bar/segments'
import { panelExprs } from '../_boards/board-exprs'
import type { Panel, Place } from '../_boards/panel'
import { withScope } from '../_boards/panel'
import { ExceptionsPanel } from './exceptions-panel'
import { toFace } from './face'
import { toWords } from './fill-words'
import { PanelBody } from './panel-body'
import { PanelFrame } from './panel-frame'
import { PanelMenu } from './panel-menu'
import styles from './panel-place.module.css'
import type { Shown } from './shown'
import { Tile } from './tile'
import { useAnswered } from './use-answered'
import { useHeld } from './use-held'
import { useOnScreen } from './use-on-screen'

type PanelPlaceProps = {
  place: Place
  shown: Shown
  /** The ids of chosen panels, also of other places. Where no panels share a place, there are none, and nobody to tell. */
  tabs?: readonly string[]
  onTabs?: (tabs: readonly string[]) => void
}

const NONE: readonly never[] = []

export const PanelPlace = memo(function PanelPlace(props: PanelPlaceProps) {
  const { place, shown, tabs = NONE, onTabs } = props
  const cell = useRef<HTMLDivElement>(null)
  const isOnScreen = useOnScreen(cell)
  const drawn = useHeld(shown, (held) => isOnScreen || isOld(held, shown))
  const { panels } = place
  const onSwitch = useCallback(
    (chosen: number) => {
      const others = tabs.filter((id) => panels.every((panel) => panel.id !== id))
      onTabs?.(chosen === 0 ? others : [...others, panels[chosen]?.id ?? ''])
    },
    [panels, tabs, onTabs],
  )
  return (
    <div ref={cell} className={styles.place} data-span={place.span}>
      <OnePanel
        panel={panels.find(({ id }) => tabs.includes(id)) ?? panels[0]}
        panels={panels}
        shown={drawn}
        onSwitch={onSwitch}
      />
    </div>
  )
})

/** Off the screen a panel is drawn now and then, for who reads or prints the page without looking. */
const OFF_SCREEN_EVERY_MS = 10_000

/** What shows another choice than the reader's is old at once. */
function isOld(held: Shown, shown: Shown): boolean {
  if (held.variables !== shown.variables || held.board.state !== shown.board.state) return true
  return (shown.board.newestMs ?? 0) - (held.board.newestMs ?? 0) >= OFF_SCREEN_EVERY_MS
}

type OnePanelProps = {
  panel: Panel
  /** All that share its place. */
  panels: readonly Panel[]
  shown: Shown
  onSwitch: (chosen: number) => void
}

const OnePanel = memo(function OnePanel({ panel, panels, shown, onSwitch }: OnePanelProps) {
  const { variables, target, sumOf, isThisApp, isDown, demo } = shown
  const named = useMemo(() => withScope(panel, variables.route), [panel, variables.route])
  const exprs = useMemo(() => panelExprs(panel, variables), [panel, variables])
  const answered = useAnswered(shown, exprs)
  const { board, frame } = answered
  const menu = <PanelMenu key={panel.id} {...{ panel, exprs, board, frame, variables }} />
  const words = toWords(variables, target, { isFixed: board.state === 'paused', demo, sumOf })
  if (panel.chart === 'tile') {
    return <Tile panel={named} exprs={exprs} board={board} frame={frame} words={words} menu={menu} />
  }
  if (panel.chart === 'exceptions') return <ExceptionsPanel panel={named} shown={shown} />
  return (
    <PanelFrame
      panel={named}
      face={toFace(panel, exprs, board, { route: variables.route, isThisApp, isDown })}
      words={words}
      newestMs={board.newestMs}
      menu={menu}
      controls={
        panels.length > 1 && (
          <Segments
            label={`${panel.title}, how`}
            options={panels.map(({ tab = '' }, value) => ({ name: tab, value }))}
            value={panels.indexOf(panel)}
            onChange={onSwitch}
            isSmall
          />
        )
      }
    >
      <PanelBody panel={panel} exprs={exprs} shown={answered} />
    </PanelFrame>
  )
})
