'use client'
// What the reader can choose on a board: a value of each variable, or several of them.
import { useEffect, useRef, useState } from 'react'
import type { Resolved } from '../_grafana/options'
import { ALL } from '../_grafana/read-variables'
import styles from './own-view.module.css'

type PickersProps = { resolved: readonly Resolved[]; onPick: (name: string, values: readonly string[]) => void }

export function Pickers({ resolved, onPick }: PickersProps) {
  const shown = resolved.filter(({ variable }) => !variable.isHidden)
  const wrong = resolved.filter(({ error, isCut }) => error !== undefined || isCut)
  if (resolved.length === 0) return null
  return (
    <>
      {shown.length > 0 && (
        <fieldset className={styles.pickers}>
          <legend className="visually-hidden">Variables</legend>
          {shown.map((one) => (
            <Picker key={one.variable.name} resolved={one} onPick={(values) => onPick(one.variable.name, values)} />
          ))}
        </fieldset>
      )}
      {wrong.map(({ variable, error, options }) => (
        <p key={variable.name} className={styles.wrong} role="status">
          {error === undefined
            ? `${variable.label}: the first ${options.length} values.`
            : `The variable ${variable.name} has no values: ${error}.`}
        </p>
      ))}
    </>
  )
}

type PickerProps = { resolved: Resolved; onPick: (values: readonly string[]) => void }

function Picker(props: PickerProps) {
  const { variable } = props.resolved
  if (variable.options.kind === 'typed') return <Typed {...props} />
  return variable.isMulti ? <Several {...props} /> : <One {...props} />
}

function One({ resolved: { variable, options, picked }, onPick }: PickerProps) {
  const [value = ''] = picked
  const isKnown = value === ALL || options.some((option) => option.value === value)
  return (
    <label>
      {variable.label}
      <select value={value} onChange={({ target }) => onPick([target.value])}>
        {!isKnown && <option value={value}>{value === '' ? 'none' : value}</option>}
        {variable.hasAll && <option value={ALL}>All</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Closes where the reader goes on elsewhere. */
function Several({ resolved: { variable, options, picked }, onPick }: PickerProps) {
  const place = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const close = ({ target }: Event) => {
      const details = place.current
      if (details?.open && !(target instanceof Node && details.contains(target))) details.open = false
    }
    document.addEventListener('pointerdown', close)
    document.addEventListener('focusin', close)
    return () => {
      document.removeEventListener('pointerdown', close)
      document.removeEventListener('focusin', close)
    }
  }, [])
  const isAll = picked[0] === ALL
  const words = isAll ? 'All' : picked.length === 0 ? 'none' : picked.join(', ')
  const toggle = (value: string) => {
    const next = isAll ? [value] : picked.includes(value) ? picked.filter((one) => one !== value) : [...picked, value]
    onPick(next.length === 0 && variable.hasAll ? [ALL] : next)
  }
  return (
    <details
      ref={place}
      className={styles.multi}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || place.current?.open !== true) return
        event.preventDefault()
        place.current.open = false
        place.current.querySelector('summary')?.focus()
      }}
    >
      <summary aria-label={`${variable.label}: ${words}`}>
        {variable.label}
        <b>{words}</b>
      </summary>
      <fieldset className={styles.choices}>
        <legend className="visually-hidden">{variable.label}</legend>
        {variable.hasAll && (
          <label>
            <input type="checkbox" checked={isAll} onChange={() => onPick([ALL])} /> All
          </label>
        )}
        {options.map(({ value, text }) => (
          <label key={value}>
            <input type="checkbox" checked={!isAll && picked.includes(value)} onChange={() => toggle(value)} /> {text}
          </label>
        ))}
      </fieldset>
    </details>
  )
}

/** What is typed counts when the reader is done. */
function Typed({ resolved: { variable, picked }, onPick }: PickerProps) {
  const [value = ''] = picked
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  return (
    <label>
      {variable.label}
      <input
        type="text"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onBlur={() => typed !== value && onPick([typed])}
        onKeyDown={({ key }) => key === 'Enter' && onPick([typed])}
      />
    </label>
  )
}
