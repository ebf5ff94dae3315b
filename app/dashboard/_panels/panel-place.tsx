'use client'
// One cell of the board: it chooses among its panels, and stops drawing while it is off the screen.
import { memo, useMemo, useRef, useState } from 'react'
import { Segments } from '../_bar/segments'
import { panelExprs, toClipboardText } from '../_boards/board-exprs'
import type { Panel, Place } from '../_boards/panel'
import type { Variables } from '../_boards/substitute'
import type { TimeFrame } from '../_charts/time-frame'
import type { LiveBoard } from '../_live/live-board'
import { toFace } from './face'
import { PanelBody } from './panel-body'
import { PanelFrame } from './panel-frame'
import styles from './panel-place.module.css'
import { Tile } from './tile'
import { useHeld } from './use-held'
import { useOnScreen } from './use-on-screen'

export type Shown = {
  board: LiveBoard
  frame: TimeFrame
  variables: Variables
  onChoose: (route: string | undefined) => void
}

export const PanelPlace = memo(function PanelPlace({ place, shown }: { place: Place; shown: Shown }) {
  const cell = useRef<HTMLDivElement>(null)
  const isOnScreen = useOnScreen(cell)
  const drawn = useHeld(shown, isOnScreen)
  const [chosen, setChosen] = useState(0)
  return (
    <div ref={cell} className={styles.place} data-span={place.span}>
      <OnePanel
        panel={place.panels[chosen] ?? place.panels[0]}
        shown={drawn}
        names={place.names}
        chosen={chosen}
        onSwitch={setChosen}
      />
    </div>
  )
})

type OnePanelProps = {
  panel: Panel
  shown: Shown
  names: readonly string[] | undefined
  chosen: number
  onSwitch: (chosen: number) => void
}

const OnePanel = memo(function OnePanel({ panel, shown, names, chosen, onSwitch }: OnePanelProps) {
  const { board, frame, variables } = shown
  const exprs = useMemo(() => panelExprs(panel, variables), [panel, variables])
  const promql = useMemo(() => toClipboardText(panel, variables), [panel, variables])
  const { rangeMs } = variables
  if (panel.chart === 'tile') {
    return <Tile panel={panel} exprs={exprs} board={board} frame={frame} rangeMs={rangeMs} promql={promql} />
  }
  return (
    <PanelFrame
      panel={panel}
      face={toFace(panel, exprs, board)}
      rangeMs={rangeMs}
      newestMs={board.newestMs}
      promql={promql}
      controls={
        names !== undefined && (
          <Segments
            label={`${panel.title}, how`}
            options={names.map((name, value) => ({ name, value }))}
            value={chosen}
            onChange={onSwitch}
            isSmall
          />
        )
      }
    >
      <PanelBody panel={panel} exprs={exprs} shown={shown} />
    </PanelFrame>
  )
})
