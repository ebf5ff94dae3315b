'use client'
// The board of the reader's own pins: to be put in order, and taken along as a file for Grafana.
import type { ReactNode } from 'react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { OwnPanel, OwnSection } from '../_boards/own-board'
import { download } from '../_panels/download'
import { useShell } from '../_state/shell'
import { toVariables } from '../_state/to-variables'
import { usePage } from '../_state/use-page'
import { BackToBoards } from './board-link'
import { OwnView } from './own-view'
import styles from './own-view.module.css'
import { usePins } from './pins'

export function MyBoard() {
  const { doors, ownRoutes } = useShell()
  const page = usePage()
  const { matchers, rangeMs, status, view } = page
  const { route, traffic } = view
  const { scrapeIntervalMs } = status
  const { pins, remove, move } = usePins()
  const [isArranging, setArranging] = useState(false)
  const [said, setSaid] = useState('')
  const variables = useMemo(
    () => toVariables({ rangeMs, route, traffic }, scrapeIntervalMs, matchers, ownRoutes),
    [rangeMs, route, traffic, scrapeIntervalMs, matchers, ownRoutes],
  )
  const sections = useMemo(
    (): OwnSection[] => [{ key: 'pins', title: undefined, isCollapsed: false, panels: pins }],
    [pins],
  )
  const focus = useFocus(pins)

  async function save() {
    const { toGrafana } = await import('../_grafana/to-grafana')
    const model = toGrafana({ uid: 'hearth-my-board', title: 'My board', sections, ownRoutes })
    download('my-board.json', new Blob([JSON.stringify(model, null, 2)], { type: 'application/json' }))
    setSaid('Saved')
  }

  const over = (own: OwnPanel, place: number): ReactNode => {
    const { id, title } = own.panel
    const shift = (by: number, name: string) => {
      move(id, by)
      focus(`${id} ${name}`)
      setSaid(`${title} is number ${place + 1 + by} of ${pins.length}`)
    }
    return (
      <div className={styles.over} role="toolbar" aria-label={`Place of ${title}`}>
        <button
          type="button"
          className={styles.button}
          aria-label="Earlier"
          data-focus={`${id} earlier`}
          disabled={place === 0}
          onClick={() => shift(-1, 'earlier')}
        >
          ←
        </button>
        <button
          type="button"
          className={styles.button}
          aria-label="Later"
          data-focus={`${id} later`}
          disabled={place === pins.length - 1}
          onClick={() => shift(1, 'later')}
        >
          →
        </button>
        <button
          type="button"
          className={styles.button}
          data-focus={`${id} remove`}
          onClick={() => {
            const next = pins[place + 1] ?? pins[place - 1]
            remove(id)
            focus(next === undefined ? undefined : `${next.panel.id} remove`)
            setSaid(`${title} is removed`)
          }}
        >
          Remove
        </button>
      </div>
    )
  }

  return (
    <OwnView
      page={page}
      variables={variables}
      sections={sections}
      isBusy={false}
      isFiltered
      over={isArranging ? over : undefined}
    >
      <header className={styles.head}>
        <BackToBoards />
        <h2>My board</h2>
        <span role="status" className="visually-hidden">
          {said}
        </span>
        {pins.length > 0 && (
          <div className={styles.actions}>
            <button
              type="button"
              className={styles.button}
              aria-pressed={isArranging}
              onClick={() => setArranging(!isArranging)}
            >
              Arrange
            </button>
            <button type="button" className={styles.button} onClick={() => void save()}>
              Export for Grafana
            </button>
          </div>
        )}
      </header>
      {pins.length === 0 && (
        <p className={styles.words}>
          Nothing is pinned yet. <em>Pin to my board</em> stands in the menu <b>⋯</b> of each panel: of the{' '}
          <a href={doors.pages.overview}>overview</a>, of each <a href={doors.pages.metrics}>metric</a>, of the boards
          from files, and of what <a href={doors.pages.explore}>Explore</a> answers. This browser remembers them.
        </p>
      )}
    </OwnView>
  )
}

/** Gives the focus to a button when the pins have changed: it may have moved with its panel, or gone. */
function useFocus(pins: readonly OwnPanel[]): (name: string | undefined) => void {
  const wanted = useRef<string>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was wanted is there when the pins have changed
  useEffect(() => {
    const name = wanted.current
    wanted.current = undefined
    if (name === undefined) return
    const button = document.querySelector<HTMLButtonElement>(`[data-focus="${CSS.escape(name)}"]`)
    // At an end there is one that can't be pressed.
    const isUsable = button !== null && !button.disabled
    const beside = button?.parentElement?.querySelector<HTMLButtonElement>('button:not(:disabled)')
    ;(isUsable ? button : beside)?.focus()
    button?.closest('[data-size]')?.scrollIntoView({ block: 'nearest' })
  }, [pins])
  return (name) => {
    wanted.current = name
  }
}
