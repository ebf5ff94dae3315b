'use client'
// A board from a file: read in Grafana's model, with its variables to choose, and drawn live.
import { useMemo, useState } from 'react'
import type { Values } from '../_grafana/fill'
import { fillBoard } from '../_grafana/fill'
import type { GrafanaBoard } from '../_grafana/model'
import { BoardError } from '../_grafana/model'
import { readBoard } from '../_grafana/read-board'
import { useServerClock } from '../_panels/use-server-clock'
import { useShell } from '../_state/shell'
import { toVariables } from '../_state/to-variables'
import { usePage } from '../_state/use-page'
import { BackToBoards } from './board-link'
import { OwnView } from './own-view'
import styles from './own-view.module.css'
import { Pickers } from './pickers'
import { useBoardFolder, useBoardModel } from './use-board-files'
import { useResolved } from './use-resolved'

export function FileBoard({ name }: { name: string }) {
  const { ownRoutes } = useShell()
  const page = usePage()
  const { fixedMs, matchers, rangeMs, status } = page
  const { scrapeIntervalMs } = status
  const nowMs = useServerClock(status)
  const folder = useBoardFolder()
  const file = folder?.files.find((one) => one.name === name)
  const model = useBoardModel(name, file?.error === undefined ? file?.changedMs : undefined)
  const { board, error } = useMemo(() => read(model.data?.model), [model.data])
  const variables = useMemo(
    () => toVariables({ rangeMs, route: undefined, traffic: 'all' }, scrapeIntervalMs, matchers, ownRoutes),
    [rangeMs, scrapeIntervalMs, matchers, ownRoutes],
  )
  const { resolved, shown, isAsking, pick } = useResolved(board, page, variables, nowMs)
  const [openedMs] = useState(status.nowMs)
  const endMs = fixedMs ?? openedMs
  const sections = useMemo(() => {
    if (board === undefined || resolved === undefined) return []
    const values: Values = new Map(resolved.map(({ variable, chosen }) => [variable.name, chosen]))
    return fillBoard(board, values, { ...variables, endMs })
  }, [board, resolved, variables, endMs])
  const wrong = wrongWith()

  return (
    <OwnView page={page} variables={variables} sections={sections} isBusy={isAsking && wrong === undefined}>
      <header className={styles.head}>
        <BackToBoards />
        <h2>{board?.title ?? file?.title ?? name}</h2>
        {board !== undefined && board.description !== '' && <p className={styles.words}>{board.description}</p>}
      </header>
      {wrong !== undefined && (
        <p className={styles.wrong} role="alert">
          {wrong}
        </p>
      )}
      {board !== undefined && board.undrawn.length > 0 && (
        <p className={styles.words}>Not drawn of this board: {board.undrawn.join('; ')}.</p>
      )}
      {shown !== undefined && <Pickers resolved={shown} onPick={pick} />}
    </OwnView>
  )

  function wrongWith(): string | undefined {
    if (folder === undefined) return undefined
    if (file === undefined) return `There is no board ${name}.`
    const reason = file.error ?? error ?? (model.isError ? model.error.message : undefined)
    return reason === undefined ? undefined : `${name} is no board: ${reason}.`
  }
}

function read(model: unknown): { board?: GrafanaBoard; error?: string } {
  if (model === undefined) return {}
  try {
    return { board: readBoard(model) }
  } catch (error) {
    if (error instanceof BoardError) return { error: error.message }
    throw error
  }
}
