'use client'
// The palette: a field over the page that leads anywhere, by the keyboard alone.
import type { KeyboardEvent } from 'react'
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useShell } from '../_state/shell'
import type { Choice } from './choices'
import { chooseFrom, isQuery, KINDS } from './choices'
import styles from './palette.module.css'
import { useChoices } from './use-choices'

export function Palette({ onClose }: { onClose: () => void }) {
  const { go } = useShell()
  const { all, asQuery, isAsking } = useChoices()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const [typed, setTyped] = useState('')
  const [place, setPlace] = useState(0)

  const shown = useMemo(() => chooseFrom(all, typed), [all, typed])
  const expr = typed.trim()
  const query: Choice[] =
    expr === '' ? [] : [{ kind: 'Query', name: expr, about: 'Ask it in Explore', href: asQuery(expr) }]
  const choices = isQuery(expr) ? [...query, ...shown] : [...shown, ...query]
  const kinds = isQuery(expr) ? (['Query', ...KINDS] as const) : KINDS
  const at = Math.min(place, choices.length - 1)

  // A dialog that is closed gives the focus back to where it was, as long as it is in the document.
  useLayoutEffect(() => {
    const open = dialog.current
    open?.showModal()
    return () => open?.close()
  }, [])
  useEffect(() => {
    if (at >= 0) document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, at])

  function follow(choice: Choice | undefined) {
    if (choice === undefined) return
    onClose()
    go(choice.href)
  }

  function pressKey(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.nativeEvent.isComposing) return
    if (step !== undefined && choices.length > 0) setPlace((at + step + choices.length) % choices.length)
    else if (event.key === 'Enter') follow(choices[at])
    // What listens behind would go back in time.
    else if (event.key === 'Escape') onClose()
    else return
    event.preventDefault()
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it as well
    <dialog
      ref={dialog}
      className={styles.palette}
      aria-label="Go to"
      onClose={onClose}
      onClick={({ target, currentTarget }) => target === currentTarget && onClose()}
    >
      <div className={styles.box}>
        <input
          type="text"
          role="combobox"
          aria-label="Page, board, route, metric, target or PromQL"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
          placeholder="Page, board, route, metric, target or PromQL"
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value)
            setPlace(0)
          }}
          onKeyDown={pressKey}
        />
        <div id={`${id}-list`} role="listbox" aria-label="Where to go" className={styles.list}>
          {kinds
            .filter((kind, i) => kinds.indexOf(kind) === i && choices.some((choice) => choice.kind === kind))
            .map((kind) => (
              // biome-ignore lint/a11y/useSemanticElements: a fieldset groups no options
              <div key={kind} role="group" aria-labelledby={`${id}-${kind}`}>
                <div id={`${id}-${kind}`} role="presentation" className={styles.kind}>
                  {kind}
                </div>
                {choices.map((choice, i) =>
                  choice.kind === kind ? (
                    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
                    // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant names it
                    <div
                      key={choice.href}
                      id={`${id}-${i}`}
                      role="option"
                      aria-selected={i === at}
                      className={styles.choice}
                      onClick={() => follow(choice)}
                    >
                      <span>{choice.name}</span> <small>{choice.about}</small>
                    </div>
                  ) : null,
                )}
              </div>
            ))}
        </div>
        <p className={styles.foot}>
          <span role="status">
            {isAsking ? 'Asking the server' : choices.length === 1 ? '1 choice' : `${choices.length} choices`}
          </span>
          <span aria-hidden="true">↑↓ choose, Enter goes there, Esc closes</span>
        </p>
      </div>
    </dialog>
  )
}
