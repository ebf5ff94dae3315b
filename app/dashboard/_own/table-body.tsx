'use client'
// The table of a panel, to be sorted by any column.
import { useMemo, useState } from 'react'
import type { OwnPanel } from '../_boards/own-board'
import styles from '../_explore/answer-table.module.css'
import { toText } from '../_format/unit'
import { mappingOf, toneOf } from '../_grafana/thresholds'
import type { LiveBoard } from '../_live/live-board'
import { toneStyle } from './numbers'
import place from './own-place.module.css'
import type { Cell, Column } from './table'
import { MOST_ROWS, sortRows, toTable } from './table'

type TableBodyProps = { own: OwnPanel; exprs: readonly string[]; board: LiveBoard }

export function TableBody({ own, exprs, board }: TableBodyProps) {
  const [order, setOrder] = useState<string | undefined>()
  const { columns, rows } = useMemo(() => toTable(own, exprs, board), [own, exprs, board])
  const sorted = useMemo(() => sortRows(columns, rows, order), [columns, rows, order])
  return (
    <>
      <section
        className={`${styles.scroller} ${place.scroller}`}
        aria-label={`Rows of ${own.panel.title}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the panel is scrolled with the keyboard too
        tabIndex={0}
      >
        <table className={`${styles.table} ${place.table}`}>
          <thead>
            <tr>
              {columns.map(({ key, name, unit }) => {
                const [first, second] = unit === undefined ? [key, `-${key}`] : [`-${key}`, key]
                const direction = order === key ? 'ascending' : order === `-${key}` ? 'descending' : 'none'
                return (
                  <th key={key} scope="col" aria-sort={direction} data-number={unit !== undefined}>
                    <button
                      type="button"
                      onClick={() => setOrder(order === first ? second : order === second ? undefined : first)}
                    >
                      {name === '__name__' ? 'Metric' : name}
                      <span aria-hidden="true">
                        {direction === 'none' ? '' : direction === 'ascending' ? ' ↑' : ' ↓'}
                      </span>
                    </button>
                  </th>
                )
              })}
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, MOST_ROWS).map(({ key, cells }) => (
              <tr key={key}>
                {columns.map((column, i) => {
                  const cell = cells[i]
                  if (column.unit !== undefined) return <NumberCell key={column.key} cell={cell} column={column} />
                  return (
                    <td key={column.key} title={typeof cell === 'string' ? cell : undefined}>
                      {cell}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rows.length > MOST_ROWS && (
        <p className={place.note}>
          The first {MOST_ROWS} rows; there are {rows.length - MOST_ROWS} more.
        </p>
      )}
    </>
  )
}

function NumberCell({ cell, column }: { cell: Cell; column: Column }) {
  const { mappings = [], steps = [], unit = 'plain' } = column
  const value = typeof cell === 'number' ? cell : undefined
  const mapping = mappingOf(value, mappings)
  const tone = mapping?.tone ?? (value === undefined ? undefined : toneOf(value, steps))
  return (
    <td data-number="true" style={toneStyle(tone)}>
      {mapping?.text ?? toText(value, unit)}
    </td>
  )
}
