'use client'
// The queries that this browser remembers, to be asked again.
import { useId, useRef, useState } from 'react'
import popover from '../_panels/popover.module.css'
import tool from '../_panels/tool-button.module.css'
import { useBeside } from '../_panels/use-beside'
import buttons from './queries.module.css'
import { QueryIcon } from './query-icon'
import styles from './query-list.module.css'

type QueryListProps = {
  recent: readonly string[]
  starred: readonly string[]
  onChoose: (expr: string) => void
  onStar: (expr: string) => void
}

export function QueryList({ recent, starred, onChoose, onStar }: QueryListProps) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  useBeside(button, list, isOpen)
  const groups = [
    { name: 'Starred', exprs: starred },
    { name: 'Recent', exprs: recent.filter((expr) => !starred.includes(expr)) },
  ]
  return (
    <>
      <button ref={button} type="button" className={buttons.button} aria-expanded={isOpen} popoverTarget={id}>
        History
      </button>
      <div
        ref={list}
        id={id}
        popover="auto"
        role="dialog"
        aria-label="History"
        className={`${popover.popover} ${styles.list}`}
        onToggle={({ newState }) => setOpen(newState === 'open')}
      >
        {isOpen && groups.every(({ exprs }) => exprs.length === 0) && <p>Queries that you run are remembered here.</p>}
        {isOpen &&
          groups
            .filter(({ exprs }) => exprs.length > 0)
            .map(({ name, exprs }) => (
              <section key={name} aria-label={name}>
                <h2>{name}</h2>
                <ul>
                  {exprs.map((expr) => (
                    <li key={expr}>
                      <button
                        type="button"
                        className={tool.tool}
                        aria-label={`Star of ${expr}`}
                        aria-pressed={name === 'Starred'}
                        onClick={() => onStar(expr)}
                      >
                        <QueryIcon name="star" isFilled={name === 'Starred'} />
                      </button>
                      <button
                        type="button"
                        className={styles.expr}
                        onClick={() => {
                          list.current?.hidePopover()
                          onChoose(expr)
                        }}
                      >
                        {expr}
                      </button>
                    </li>
                  ))}
                </ul>
              </section>
            ))}
      </div>
    </>
  )
}
