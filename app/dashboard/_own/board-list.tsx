'use client'
// The list of boards: the reader's own, and those of the server's folder. A file that is no board is named, with the reason.
import { useMemo } from 'react'
import { PageFrame } from '../_bar/page-frame'
import { boardExprs } from '../_boards/board-exprs'
import { overview } from '../_boards/overview'
import { useShown } from '../_panels/use-shown'
import { useShell } from '../_state/shell'
import { toVariables } from '../_state/to-variables'
import { usePage } from '../_state/use-page'
import { BoardLink, MINE } from './board-link'
import styles from './own-view.module.css'
import { usePins } from './pins'
import { useBoardFolder } from './use-board-files'

const NO_PANELS = { ...overview, places: [] }

export function BoardList() {
  const { ownRoutes } = useShell()
  const page = usePage()
  const { matchers, rangeMs, status, view } = page
  const { traffic } = view
  const variables = useMemo(
    () => toVariables({ rangeMs, route: undefined, traffic }, status.scrapeIntervalMs, matchers, ownRoutes),
    [rangeMs, traffic, status.scrapeIntervalMs, matchers, ownRoutes],
  )
  const asked = useMemo(() => boardExprs(NO_PANELS, variables), [variables])
  const { bar } = useShown({ page, drawn: NO_PANELS, variables, asked })
  const found = useBoardFolder()
  const { pins } = usePins()
  return (
    <PageFrame name="boards" page={page} {...bar} className={styles.page} isBusy={found === undefined}>
      <header className={styles.head}>
        <h2>Boards</h2>
      </header>
      <ul className={styles.cards} aria-label="Boards">
        <li>
          <BoardLink board={MINE}>My board</BoardLink>
          <p>{pins.length === 1 ? '1 panel' : `${pins.length} panels`}, pinned in this browser</p>
        </li>
        {found?.files.map(({ name, title, tags, error }) => (
          <li key={name}>
            {error === undefined ? <BoardLink board={name}>{title}</BoardLink> : <strong>{title}</strong>}
            <p>{[name, ...tags].join(' · ')}</p>
            {error !== undefined && <p className={styles.wrong}>This file is no board: {error}.</p>}
          </li>
        ))}
      </ul>
      {found !== undefined && <p className={styles.words}>{wordsOn(found)}</p>}
    </PageFrame>
  )
}

function wordsOn({ variable, folder, files, error }: NonNullable<ReturnType<typeof useBoardFolder>>): string {
  if (folder === undefined) {
    return `Set ${variable} to a folder, and each JSON file in it is a board here, in Grafana’s model: boards of one’s own, and those that others share.`
  }
  if (error !== undefined) return error
  return files.length === 0 ? `There is no JSON file in ${folder} yet.` : ''
}
