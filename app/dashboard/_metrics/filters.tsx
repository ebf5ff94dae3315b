'use client'
// Which metrics are listed: by words, by type, by a label that they have.
import { useEffect, useState } from 'react'
import type { MetricsView } from '../_state/metrics-view'
import styles from './filters.module.css'
import type { ScopeChoice } from './scope'

type FiltersProps = {
  metrics: MetricsView
  onMetrics: (change: Partial<MetricsView>, how?: 'push' | 'replace') => void
  choices: { types: readonly string[]; labels: readonly string[]; scopes: readonly ScopeChoice[] }
  found: number
  all: number
}

export function Filters({ metrics, onMetrics, choices, found, all }: FiltersProps) {
  const { search, type, label, of } = metrics
  // What is typed is there at once; the address follows.
  const [typed, setTyped] = useState(search)
  useEffect(() => setTyped(search), [search])
  const count = (n: number) => n.toLocaleString('en-US')
  return (
    <search className={styles.filters}>
      <input
        type="search"
        aria-label="Search metrics by name or help"
        placeholder="Search names and help"
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value)
          onMetrics({ search: target.value.trim() }, 'replace')
        }}
      />
      {choices.scopes.length > 0 && (
        <select
          aria-label="Metrics of"
          value={of ?? ''}
          onChange={({ target }) => onMetrics({ of: target.value === '' ? undefined : target.value })}
        >
          {choices.scopes.map(({ name, value }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      )}
      <select
        aria-label="Type"
        value={type ?? ''}
        onChange={({ target }) => onMetrics({ type: target.value === '' ? undefined : target.value })}
      >
        <option value="">Every type</option>
        {choices.types.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <select
        aria-label="Label"
        value={label ?? ''}
        onChange={({ target }) => onMetrics({ label: target.value === '' ? undefined : target.value })}
      >
        <option value="">Any label</option>
        {choices.labels.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <p role="status">{found === all ? `${count(all)} metrics` : `${count(found)} of ${count(all)} metrics`}</p>
    </search>
  )
}
