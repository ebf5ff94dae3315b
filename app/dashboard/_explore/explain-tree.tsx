'use client'
// An expression as a tree, as Prometheus's own page has it: each part with what it comes to, and what it costs.
import type { KeyboardEvent } from 'react'
import { useMemo, useRef, useState } from 'react'
import type { TimeFrame } from '../_charts/time-frame'
import type { ExploreView } from '../_state/explore-query'
import { canBeAsked, ExplainNode } from './explain-node'
import type { ExplainRow } from './explain-rows'
import { nodeAt, toRows, valuesAt } from './explain-rows'
import styles from './explain-tree.module.css'
import type { Explanation } from './use-explained'

type ExplainTreeProps = {
  label: string
  whole: NonNullable<Explanation['whole']>
  now: Explanation['now']
  /** The moment that the reader points at; undefined for the newest. */
  cursorMs: number | undefined
  frame: TimeFrame
  unit: ExploreView['unit']
  /** Asks a part alone, in the place of the whole or beside it. */
  onAsk: (node: { from: number; to: number }, how: 'alone' | 'beside') => void
  canAdd: boolean
}

export function ExplainTree({ label, whole, now, cursorMs, frame, unit, onAsk, canAdd }: ExplainTreeProps) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const [current, setCurrent] = useState('0')
  const tree = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => toRows(whole.root, closed), [whole, closed])
  const focused = rows.some(({ path }) => path === current) ? current : '0'
  const source = cursorMs === undefined && now !== undefined ? now : whole
  const atMs = cursorMs ?? source.stepTimesMs.at(-1) ?? frame.endMs

  function toggle(path: string, isOpen: boolean): void {
    const next = new Set(closed)
    if (isOpen) next.delete(path)
    else next.add(path)
    setClosed(next)
  }

  function goTo(row: ExplainRow | undefined): void {
    if (row === undefined) return
    setCurrent(row.path)
    tree.current?.querySelector<HTMLElement>(`[data-path="${row.path}"]`)?.focus()
  }

  function press(event: KeyboardEvent<HTMLElement>, row: ExplainRow): void {
    // Of a button within the row it is the button's own key.
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return
    const at = rows.indexOf(row)
    const { hasParts, isOpen, node, path } = row
    switch (event.key) {
      case 'ArrowDown':
        goTo(rows[at + 1])
        break
      case 'ArrowUp':
        goTo(rows[at - 1])
        break
      case 'Home':
        goTo(rows[0])
        break
      case 'End':
        goTo(rows.at(-1))
        break
      case 'ArrowRight':
        if (hasParts && !isOpen) toggle(path, true)
        else if (hasParts) goTo(rows[at + 1])
        break
      case 'ArrowLeft':
        if (isOpen) toggle(path, false)
        else goTo(rows.find((other) => other.path === path.replace(/\.\d+$/, '')))
        break
      case 'Enter':
        if (canBeAsked(row)) onAsk(node, 'alone')
        break
      case '+':
        if (canBeAsked(row) && canAdd) onAsk(node, 'beside')
        break
      default:
        return
    }
    event.preventDefault()
  }

  return (
    <div ref={tree} role="tree" aria-label={label} className={styles.tree}>
      {rows.map((row) => (
        <ExplainNode
          key={row.path}
          row={row}
          values={valuesAt(source, nodeAt(source.root, row.path) ?? row.node, atMs, row.node)}
          timesMs={whole.stepTimesMs}
          frame={frame}
          unit={unit}
          isCurrent={row.path === focused}
          canAdd={canAdd}
          onToggle={() => toggle(row.path, !row.isOpen)}
          onFocus={() => setCurrent(row.path)}
          onPress={(event) => press(event, row)}
          onAsk={(how) => onAsk(row.node, how)}
        />
      ))}
    </div>
  )
}
