'use client'
// What can be taken from a panel: its question to Explore, its PromQL, one expression at a time, its numbers, a picture of it, and
// a link to it.
import type { KeyboardEvent, MouseEvent } from 'react'
import { useEffect, useId, useRef, useState } from 'react'
import type { OwnPanel } from '../_boards/own-board'
import { toPanelName } from '../_boards/panel'
import type { Variables } from '../_boards/substitute'
import type { ChartProps } from '../_charts/time-chart'
import { toExploreLink } from '../_state/explore-link'
import { useHiddenSeries } from '../_state/hidden-series'
import { useShell } from '../_state/shell'
import { viewNow } from '../_state/use-view'
import { toQuery, toWindow } from '../_state/view'
import { copyText } from './copy-text'
import { download } from './download'
import styles from './popover.module.css'
import tool from './tool-button.module.css'
import { useBeside } from './use-beside'

/** What the button says for a while, by what has been done. */
const SIGNS = { Copied: '✓', Saved: '✓', Pinned: '✓', 'That did not work': '✕' }
const SAID_MS = 1600

type Said = keyof typeof SIGNS

type PanelMenuProps = ChartProps & {
  /** What to copy, where it isn't the panel's own expressions. */
  asked?: readonly { name: string; expr: string }[]
  /** Of the board that the panel is on; Explore leads nowhere. */
  variables?: Variables
  /** What is asked, where `panel` is made of its answers. */
  origin?: OwnPanel
}

export function PanelMenu({ panel, exprs, board, frame, asked, variables, origin }: PanelMenuProps) {
  const { doors } = useShell()
  const id = useId()
  const name = toPanelName(panel)
  const button = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  const [said, setSaid] = useState<Said | undefined>()
  const { keys: hidden } = useHiddenSeries(panel.id)
  useBeside(button, menu, isOpen)
  useEffect(() => {
    if (isOpen) itemsOf(menu.current)[0]?.focus()
  }, [isOpen])
  useEffect(() => {
    if (said === undefined) return
    const timer = setTimeout(() => setSaid(undefined), SAID_MS)
    return () => clearTimeout(timer)
  }, [said])

  async function run(done: Said, act: () => Promise<boolean> | boolean) {
    menu.current?.hidePopover()
    try {
      setSaid((await act()) ? done : 'That did not work')
    } catch {
      // Such as code that a server no longer has.
      setSaid('That did not work')
    }
  }

  const fileName = (kind: string) =>
    `${panel.id}-${new Date(frame.endMs).toISOString().replace(/\.\d+|[:]/g, '')}.${kind}`
  const copied = asked ?? exprs.map((expr, i) => ({ name: panel.queries[i]?.legend ?? expr, expr }))
  const link = isOpen ? linkTo(panel.id, frame) : ''

  return (
    <>
      <button
        ref={button}
        type="button"
        className={tool.tool}
        aria-label={`Menu of ${name}`}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        popoverTarget={id}
      >
        {said === undefined ? '⋯' : SIGNS[said]}
      </button>
      <span role="status" className="visually-hidden">
        {said}
      </span>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={`Menu of ${name}`}
        className={`${styles.popover} ${styles.menu}`}
        onToggle={({ newState }) => setOpen(newState === 'open')}
        onKeyDown={moveFocus}
      >
        {isOpen && (
          <>
            {copied.map(({ name, expr }) => (
              <button
                key={name}
                type="button"
                role="menuitem"
                tabIndex={-1}
                title={expr}
                onClick={() => void run('Copied', () => copyText(expr))}
              >
                Copy PromQL{copied.length > 1 ? `: ${name}` : ''}
              </button>
            ))}
            <hr />
            {variables !== undefined && (
              <a
                role="menuitem"
                tabIndex={-1}
                href={doors.pages.explore + toExploreLink(origin?.panel ?? panel, variables, viewNow())}
              >
                Open in Explore
              </a>
            )}
            <button
              type="button"
              role="menuitem"
              tabIndex={-1}
              onClick={() =>
                void run('Pinned', async () => {
                  const { pin } = await import('../_own/pins')
                  return pin(origin ?? panel)
                })
              }
            >
              Pin to my board
            </button>
            <button
              type="button"
              role="menuitem"
              tabIndex={-1}
              onClick={() =>
                void run('Saved', async () => {
                  const { toCsv } = await import('./panel-csv')
                  const text = toCsv(panel, exprs, board, frame, hidden)
                  return download(fileName('csv'), new Blob([text], { type: 'text/csv;charset=utf-8' }))
                })
              }
            >
              Download CSV
            </button>
            <button
              type="button"
              role="menuitem"
              tabIndex={-1}
              onClick={() => void run('Saved', () => savePicture(panel.id, fileName('png')))}
            >
              Download PNG
            </button>
            <a
              role="menuitem"
              tabIndex={-1}
              href={link}
              title={link}
              onClick={(event: MouseEvent) => {
                // It is a link, to be opened in another tab; a plain click copies it.
                if (event.ctrlKey || event.metaKey || event.shiftKey) return
                event.preventDefault()
                void run('Copied', () => copyText(link))
              }}
            >
              Copy link to this window
            </a>
          </>
        )}
      </div>
    </>
  )
}

const itemsOf = (menu: HTMLElement | null) => [...(menu?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]

/** As menus have it: the arrows go round, Home and End to the ends, Tab leaves. Escape and a click elsewhere are native. */
function moveFocus(event: KeyboardEvent<HTMLElement>) {
  const menu = event.currentTarget
  const items = itemsOf(menu)
  const at = document.activeElement instanceof HTMLElement ? items.indexOf(document.activeElement) : -1
  const places: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }
  const place = places[event.key]
  if (event.key === 'Tab') menu.hidePopover()
  if (event.key === ' ' && document.activeElement instanceof HTMLAnchorElement) document.activeElement.click()
  else if (place === undefined) return
  event.preventDefault()
  if (place !== undefined) items.at(place % items.length)?.focus()
}

/** Its code comes when it is wanted. Whether it worked. */
async function savePicture(id: string, name: string): Promise<boolean> {
  const panel = document.getElementById(id)
  if (panel === null) return false
  try {
    const { toPicture } = await import('./panel-picture')
    return download(name, await toPicture(panel))
  } catch {
    return false
  }
}

/** The panel, with what the reader has chosen, at the time that is shown. */
function linkTo(id: string, { startMs, endMs }: ChartProps['frame']): string {
  const url = new URL(window.location.href)
  const shown = toWindow(Math.round(startMs), Math.round(endMs))
  url.search = toQuery({ ...viewNow(), window: shown }, url.search)
  url.hash = id
  return url.href
}
