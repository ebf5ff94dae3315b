'use client'
// The exceptions: their count comes with the live stream, their words by a query of their own.
import type { RecentException } from '@/server/instrument/exception-log'
import { panelExprs, toClipboardText } from '../_boards/board-exprs'
import type { Panel } from '../_boards/panel'
import { ExceptionList } from './exception-list'
import type { Face } from './face'
import { toFace } from './face'
import { PanelFrame } from './panel-frame'
import type { Shown } from './shown'
import { useRecentExceptions } from './use-recent-exceptions'

type ExceptionsPanelProps = { panel: Panel; shown: Shown; initial: readonly RecentException[] }

const OTHERS =
  'What an exception says stays in the process that threw it: see the page of `$target`, if it runs Hearth.'

export function ExceptionsPanel({ panel, shown, initial }: ExceptionsPanelProps) {
  const { board, frame, variables, target, isThisApp } = shown
  const exprs = panelExprs(panel, variables)
  const total = board.series(exprs[0] ?? '')[0]?.values.at(-1) ?? undefined
  const exceptions = useRecentExceptions(total, initial)
  const { route } = variables
  const shownOnes = exceptions.filter((exception) => isThisApp && (route === undefined || exception.route === route))
  const empty = route === undefined ? panel.empty : `None on \`${route}\`.`
  return (
    <PanelFrame
      panel={panel}
      face={faceOf(toFace(panel, exprs, board), shownOnes.length > 0, isThisApp ? empty : OTHERS)}
      words={{ rangeMs: variables.rangeMs, target }}
      newestMs={board.newestMs}
      promql={toClipboardText(panel, variables)}
    >
      <ExceptionList exceptions={shownOnes} nowMs={frame.endMs} />
    </PanelFrame>
  )
}

/** The words are kept apart from the numbers: what counts is whether there are words. */
function faceOf(face: Face, hasWords: boolean, empty: string): Face {
  if (face.kind === 'lost') return { ...face, hasValues: hasWords }
  return hasWords ? { kind: 'live' } : { kind: 'empty', text: empty }
}
