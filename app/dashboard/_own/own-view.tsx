'use client'
// A board of the reader's own as it is drawn: its sections, one live stream for what of it is on the screen, and the bar.
import type { ReactNode } from 'react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { PageFrame } from '../_bar/page-frame'
import { boardExprs } from '../_boards/board-exprs'
import { overview } from '../_boards/overview'
import type { OwnPanel, OwnSection } from '../_boards/own-board'
import type { Variables } from '../_boards/substitute'
import { useShown } from '../_panels/use-shown'
import type { Page } from '../_state/use-page'
import { choosePanels, exprsOf, questionsOf } from './asked'
import { OwnPlace } from './own-place'
import styles from './own-view.module.css'

type OwnViewProps = {
  page: Page
  variables: Variables
  sections: readonly OwnSection[]
  isBusy: boolean
  /** Above the panels. */
  children: ReactNode
  /** What stands over a panel, such as what moves it. */
  over?: (own: OwnPanel, place: number) => ReactNode
  /** Its panels follow the route and the traffic that are chosen. */
  isFiltered?: boolean
}

/** Scrolling is over when nothing has come or gone for so long. */
const SETTLED_MS = 150
const NOTHING: ReadonlySet<string> = new Set()

export function OwnView({ page, variables, sections, isBusy, children, over, isFiltered = false }: OwnViewProps) {
  const [turned, setTurned] = useState<ReadonlySet<string>>(NOTHING)
  const isOpen = useCallback(
    ({ key, title, isCollapsed }: OwnSection) => title === undefined || isCollapsed === turned.has(key),
    [turned],
  )
  const questions = useMemo(
    () =>
      questionsOf(
        sections.filter(isOpen).flatMap(({ panels }) => panels),
        variables,
      ),
    [sections, isOpen, variables],
  )
  const [onScreen, tellOnScreen] = useOnScreenIds()
  const before = useRef<readonly string[]>([])
  const ids = useMemo(() => choosePanels(questions, onScreen, before.current), [questions, onScreen])
  useEffect(() => {
    before.current = ids
  }, [ids])
  const drawn = useMemo(
    () => ({ annotations: overview.annotations, asked: new Set(ids) as ReadonlySet<string> }),
    [ids],
  )
  const asked = useMemo(
    () => exprsOf(questions, ids, boardExprs({ ...overview, places: [] }, variables)),
    [questions, ids, variables],
  )
  const { shown, bar } = useShown({ page, drawn, variables, asked })

  return (
    <PageFrame name="boards" page={page} {...bar} isFiltered={isFiltered} className={styles.page} isBusy={isBusy}>
      {children}
      {sections.map((section) => (
        <section key={section.key} className={styles.section} aria-label={section.title ?? 'Panels'}>
          {section.title !== undefined && (
            <h2 className={styles.row}>
              <button
                type="button"
                aria-expanded={isOpen(section)}
                onClick={() => setTurned(toggled(turned, section.key))}
              >
                <span aria-hidden="true">{isOpen(section) ? '▾' : '▸'}</span> {section.title || 'Without a title'}
                {!isOpen(section) && (
                  <small>{section.panels.length === 1 ? '1 panel' : `${section.panels.length} panels`}</small>
                )}
              </button>
            </h2>
          )}
          {isOpen(section) && (
            <div className={styles.board} data-placed={section.panels.every(({ place }) => place !== undefined)}>
              {section.panels.map((own, place) => (
                <OwnPlace
                  key={own.panel.id}
                  own={own}
                  shown={shown}
                  isAsked={shown.drawn.asked.has(own.panel.id)}
                  onScreen={tellOnScreen}
                  over={over?.(own, place)}
                />
              ))}
            </div>
          )}
        </section>
      ))}
    </PageFrame>
  )
}

function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return new Set(keys.has(key) ? [...keys].filter((one) => one !== key) : [...keys, key])
}

/** The ids of the panels on the screen, told when scrolling is over. */
function useOnScreenIds(): [ReadonlySet<string>, (id: string, isOnScreen: boolean) => void] {
  const [ids, setIds] = useState<ReadonlySet<string>>(NOTHING)
  const now = useRef(new Set<string>())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const tell = useCallback((id: string, isOnScreen: boolean) => {
    if (isOnScreen) now.current.add(id)
    else now.current.delete(id)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setIds(new Set(now.current)), SETTLED_MS)
  }, [])
  return [ids, tell]
}
