'use client'
// The groups as a list; what is open has its examples below it, and the panels of its route.
import type { ReactNode } from 'react'
import type { ExceptionGroup } from '@/server/instrument/exception-log'
import { panelExprs } from '../_boards/board-exprs'
import type { GroupName } from '../_boards/errors'
import { groups as groupsPanel } from '../_boards/errors'
import { Spark } from '../_charts/spark'
import { toCount } from '../_format/digits'
import { Ago } from '../_panels/ago'
import { toFace } from '../_panels/face'
import { toWords } from '../_panels/fill-words'
import { PanelFrame } from '../_panels/panel-frame'
import { PanelMenu } from '../_panels/panel-menu'
import type { Shown } from '../_panels/shown'
import { useExceptionGroups } from '../_panels/use-exception-groups'
import type { Status } from '../_panels/use-status'
import { ErrorExamples } from './error-examples'
import styles from './error-groups.module.css'
import type { ErrorRow } from './error-rows'
import { toErrorRows } from './error-rows'
import { useErrorHistory } from './use-error-history'

type ErrorGroupsProps = {
  shown: Shown
  status: Status
  open: GroupName | undefined
  onOpen: (group: GroupName | undefined) => void
  /** The panels of the route of what is open. */
  children: ReactNode
}

/** As many as the log keeps; more are counted, and not shown. */
const MOST_ROWS = 200
const NO_GROUPS: readonly ExceptionGroup[] = []

export function ErrorGroups({ shown, status, open, onOpen, children }: ErrorGroupsProps) {
  const { board, frame, variables, target, isThisApp, isDown } = shown
  const exprs = panelExprs(groupsPanel, variables)
  const [counted = '', rated = ''] = exprs
  const counts = board.series(counted)
  const total = counts.reduce((sum, { values }) => sum + (values.at(-1) ?? 0), 0)
  const told = useExceptionGroups(total)
  const history = useErrorHistory(variables, status, counts.length)
  const rows = toErrorRows(counts, board.series(rated), isThisApp ? told : NO_GROUPS, history)
  const face = toFace(groupsPanel, [counted], board, { isThisApp, isDown })
  const isEmpty = face.kind === 'empty' || (face.kind === 'live' && rows.length === 0)
  const text = variables.route === undefined ? groupsPanel.empty : `None on \`${variables.route}\`.`
  return (
    <div className={styles.place}>
      <PanelFrame
        panel={groupsPanel}
        face={isEmpty ? { kind: 'empty', text } : face}
        words={toWords(variables, target, { isFixed: board.state === 'paused' })}
        newestMs={board.newestMs}
        menu={<PanelMenu panel={groupsPanel} {...{ exprs, board, frame, variables }} />}
      >
        <ol className={styles.list} aria-label="Groups of exceptions">
          {rows.slice(0, MOST_ROWS).map((row) => {
            const isOpen = open !== undefined && isSame(open, row)
            return (
              <li key={row.key} data-open={isOpen}>
                <Row row={row} timesMs={board.timesMs} frame={frame} isOpen={isOpen} onOpen={onOpen} />
                {isOpen && (
                  <div className={styles.detail}>
                    <ErrorExamples row={row} isThisApp={isThisApp} nowMs={frame.endMs} />
                    <div className={styles.panels}>{children}</div>
                  </div>
                )}
              </li>
            )
          })}
        </ol>
        {rows.length > MOST_ROWS && <p>{`The first ${MOST_ROWS} of ${toCount(rows.length)} groups.`}</p>}
      </PanelFrame>
    </div>
  )
}

type RowProps = {
  row: ErrorRow
  timesMs: readonly number[]
  frame: Shown['frame']
  isOpen: boolean
  onOpen: (group: GroupName | undefined) => void
}

function Row({ row, timesMs, frame, isOpen, onOpen }: RowProps) {
  const { error, kind, route, count, rates, firstMs, lastMs, isNew, words } = row
  return (
    <button
      type="button"
      className={styles.row}
      aria-expanded={isOpen}
      onClick={() => onOpen(isOpen ? undefined : { error, kind, route })}
    >
      <span className={styles.name}>
        <strong>{error}</strong>
        {isNew && <em title="Not seen before the last start or build">New</em>}
        <code>{route}</code>
        <small>{kind}</small>
        {words !== undefined && words.newest.message !== '' && <span>{words.newest.message}</span>}
      </span>
      <span className={styles.rate}>
        <Spark timesMs={timesMs} values={rates} frame={frame} colour="server" height={28} />
      </span>
      <span className={styles.count}>
        <b>{toCount(count)}</b> <small>{count === 1 ? 'time' : 'times'}</small>
      </span>
      <span className={styles.seen}>
        {firstMs !== undefined && (
          <small>
            first <Ago atMs={firstMs} nowMs={frame.endMs} />
          </small>
        )}
        {lastMs !== undefined && (
          <small>
            last <Ago atMs={lastMs} nowMs={frame.endMs} />
          </small>
        )}
      </span>
    </button>
  )
}

const isSame = (one: GroupName, other: GroupName) =>
  one.error === other.error && one.kind === other.kind && one.route === other.route
