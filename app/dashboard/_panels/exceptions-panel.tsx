'use client'
// The exceptions: their counts come with the live stream, their messages by a separate query.
import type { ExceptionGroup } from '@/server/instrument/exception-log'
import { panelExprs } from '../_boards/board-exprs'
import type { Panel } from '../_boards/panel'
import { useShell } from '../_state/shell'
import { useCarried } from '../_state/use-view'
import { ExceptionList } from './exception-list'
import { toExceptionRows } from './exception-rows'
import { toFace } from './face'
import { toWords } from './fill-words'
import { PanelFrame } from './panel-frame'
import { PanelMenu } from './panel-menu'
import type { Shown } from './shown'
import { useExceptionGroups } from './use-exception-groups'

type ExceptionsPanelProps = { panel: Panel; shown: Shown }

const NO_GROUPS: readonly ExceptionGroup[] = []

export function ExceptionsPanel({ panel, shown }: ExceptionsPanelProps) {
  const { board, frame, variables, target, isThisApp, isDown } = shown
  const { doors } = useShell()
  const carried = useCarried()
  const exprs = panelExprs(panel, variables)
  const counts = board.series(exprs[0] ?? '')
  const total = counts.reduce((sum, { values }) => sum + (values.at(-1) ?? 0), 0)
  const groups = useExceptionGroups(total)
  const rows = toExceptionRows(counts, isThisApp ? groups : NO_GROUPS)
  const face = toFace(panel, exprs, board, { isThisApp, isDown })
  const isEmpty = face.kind === 'empty' || (face.kind === 'live' && rows.length === 0)
  return (
    <PanelFrame
      panel={panel}
      face={
        isEmpty && variables.route !== undefined ? { kind: 'empty', text: `None on \`${variables.route}\`.` } : face
      }
      words={toWords(variables, target, { isFixed: board.state === 'paused' })}
      newestMs={board.newestMs}
      controls={<a href={doors.pages.errors + carried}>All errors</a>}
      menu={<PanelMenu {...{ panel, exprs, board, frame, variables }} />}
    >
      <ExceptionList rows={rows} nowMs={frame.endMs} />
    </PanelFrame>
  )
}
