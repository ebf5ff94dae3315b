'use client'
// The list of metrics: searched, filtered, and only drawn where it is on the screen.
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { FamilySummary } from '@/server/trpc/families'
import type { Variables } from '../_boards/substitute'
import type { MetricsView } from '../_state/metrics-view'
import type { CatalogueRow } from './catalogue'
import { toCatalogue, toChoices } from './catalogue'
import styles from './family-list.module.css'
import { FamilyRow } from './family-row'
import { Filters } from './filters'
import type { ScopeChoice } from './scope'
import { useEngineFacts } from './use-engine-facts'
import { BLOCK, useHeadlines } from './use-headlines'

type FamilyListProps = {
  families: readonly FamilySummary[]
  metrics: MetricsView
  onMetrics: (change: Partial<MetricsView>, how?: 'push' | 'replace') => void
  /** Where a metric's page is. */
  hrefOf: (metric: string) => string
  scopes: readonly ScopeChoice[]
  /** With PROMETHEUS_URL the labels that there are: the server has found the metrics of the chosen one. */
  engineLabels: readonly string[] | undefined
  variables: Variables
  fixedMs: number | undefined
  nowMs: () => number
  /** What is said where there is nothing at all. */
  empty: string
}

/** In pixels, until a row has been measured. */
const HEIGHTS: Record<CatalogueRow['kind'], number> = { group: 38, family: 54 }
const ROWS_AROUND = 6

export function FamilyList(props: FamilyListProps) {
  const { families, metrics, onMetrics, hrefOf, scopes, engineLabels, variables, fixedMs, nowMs, empty } = props
  const isEngine = engineLabels !== undefined
  const { search, type, label } = metrics
  const choices = useMemo(() => {
    const { types, labels } = toChoices(families)
    return { types, labels: engineLabels ?? labels, scopes }
  }, [families, engineLabels, scopes])
  // No metric has the type of a broken link: then every type is shown.
  const known = choices.types.find((one) => one === type)
  const rows = useMemo(
    () => toCatalogue(families, { search, type: known, label: isEngine ? undefined : label }),
    [families, search, known, label, isEngine],
  )
  const found = useMemo(() => rows.flatMap((row) => (row.kind === 'family' ? row.family : [])), [rows])
  const numberOf = useMemo(() => new Map(found.map(({ name }, number) => [name, number])), [found])

  const list = useRef<HTMLUListElement>(null)
  const [scrollMargin, setScrollMargin] = useState(0)
  const hasRows = rows.length > 0
  useLayoutEffect(() => setScrollMargin(hasRows ? (list.current?.offsetTop ?? 0) : 0), [hasRows])
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (index) => HEIGHTS[rows[index]?.kind ?? 'family'],
    getItemKey: (index) => toKey(rows[index]),
    overscan: ROWS_AROUND,
    scrollMargin,
  })
  const drawn = virtualizer.getVirtualItems()
  const blocks = [
    ...new Set(
      drawn.flatMap(({ index }) => {
        const row = rows[index]
        return row?.kind === 'family' ? Math.floor((numberOf.get(row.family.name) ?? 0) / BLOCK) : []
      }),
    ),
  ].map((block) => found.slice(block * BLOCK, (block + 1) * BLOCK))
  const headlines = useHeadlines({ blocks, variables, fixedMs, nowMs })
  const facts = useEngineFacts(blocks, { variables, isEngine, nowMs })

  return (
    <>
      <Filters metrics={metrics} onMetrics={onMetrics} choices={choices} found={found.length} all={families.length} />
      {found.length === 0 && (
        <p className={styles.empty}>
          {families.length === 0 ? empty : 'No metric fits. Take a word or a filter away.'}
        </p>
      )}
      {/* Never in the server's HTML, in which a strict policy allows no style. */}
      {hasRows && (
        <ul ref={list} className={styles.list} aria-label="Metrics" style={{ height: virtualizer.getTotalSize() }}>
          {drawn.map(({ index, key, start }) => {
            const row = rows[index]
            return (
              <li
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                className={styles.line}
                style={{ transform: `translateY(${start - scrollMargin}px)` }}
              >
                {row?.kind === 'group' && (
                  <h2 className={styles.group}>
                    {row.prefix} <small>{row.count}</small>
                  </h2>
                )}
                {row?.kind === 'family' && (
                  <FamilyRow
                    family={row.family}
                    facts={isEngine ? facts.get(row.family.name) : row.family}
                    isEngine={isEngine}
                    headline={headlines.get(row.family.name)}
                    href={hrefOf(row.family.name)}
                  />
                )}
              </li>
            )
          })}
        </ul>
      )}
    </>
  )
}

function toKey(row: CatalogueRow | undefined): string {
  return row === undefined ? '' : row.kind === 'group' ? `group ${row.prefix}` : row.family.name
}
