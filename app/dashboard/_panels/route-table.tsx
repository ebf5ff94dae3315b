'use client'
// Every route in numbers. A header sorts, a row filters the whole board. Those that fail are always there, and no row moves
// under the reader.
import { useMemo, useState } from 'react'
import type { Panel } from '../_boards/panel'
import type { LiveBoard } from '../_live/live-board'
import { MoreButton } from './more-button'
import { RouteLine } from './route-line'
import type { Column, Order } from './route-rows'
import { COLUMNS, parseOrder, pickRows, sortRows, toOrderText, toRouteRows } from './route-rows'
import styles from './route-table.module.css'
import { useReader, useSteadyOrder } from './use-steady-order'

type RouteTableProps = {
  panel: Panel
  exprs: readonly string[]
  board: LiveBoard
  chosenRoute: string | undefined
  /** As parseOrder reads it. */
  sort: string | undefined
  onSort: (sort: string | undefined) => void
}

/** As many rows as a screen holds; the others wait behind a button, unless they fail. */
const SHOWN = 10
const UNITS: Partial<Record<Column, string>> = { Rate: 'per s' }
const OPTIONAL: ReadonlySet<Column> = new Set(['p50', 'p99', 'Total'])

export function RouteTable({ panel, exprs, board, chosenRoute, sort, onSort }: RouteTableProps) {
  const order = useMemo(() => parseOrder(sort), [sort])
  const [isWhole, setWhole] = useState(false)

  const rows = useMemo(() => {
    const seriesOf = (column: Column) => {
      const index = panel.queries.findIndex(({ legend }) => legend === column)
      return board.series(exprs[index] ?? '')
    }
    return toRouteRows(
      Object.fromEntries(COLUMNS.map((column) => [column, seriesOf(column)])) as Record<
        Column,
        ReturnType<typeof seriesOf>
      >,
    )
  }, [panel, exprs, board])
  const sorted = useMemo(() => sortRows(rows, order), [rows, order])
  const picked = useMemo(() => pickRows(sorted, SHOWN), [sorted])
  const byKey = useMemo(() => new Map(rows.map((row) => [row.key, row])), [rows])
  const reader = useReader()
  const keys = useSteadyOrder(
    (isWhole ? sorted : picked).map(({ key }) => key),
    useMemo(() => new Set(byKey.keys()), [byKey]),
    reader.isHere,
    `${order.by} ${order.isDescending} ${isWhole}`,
  )
  const shown = keys.flatMap((key) => byKey.get(key) ?? [])
  const busiest = rows.reduce((most, { values }) => Math.max(most, values.Rate ?? 0), 0)

  const header = (by: Order['by']) => {
    const isSorted = order.by === by
    const direction = order.isDescending ? 'descending' : 'ascending'
    return (
      <th
        key={by}
        scope="col"
        aria-sort={isSorted ? direction : 'none'}
        className={by !== 'Route' && OPTIONAL.has(by) ? styles.optional : undefined}
      >
        <button
          type="button"
          onClick={() => onSort(toOrderText({ by, isDescending: isSorted ? !order.isDescending : by !== 'Route' }))}
        >
          {by}
          {by !== 'Route' && UNITS[by] !== undefined && <small> {UNITS[by]}</small>}
          <span aria-hidden="true" className={styles.arrow}>
            {isSorted ? (order.isDescending ? '↓' : '↑') : ''}
          </span>
        </button>
      </th>
    )
  }

  return (
    <div {...reader.handlers}>
      <table className={styles.table}>
        <caption className="visually-hidden">Routes, one row each. Choose a route to filter the board.</caption>
        <thead>
          <tr>
            {header('Route')}
            {COLUMNS.map(header)}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <RouteLine key={row.key} row={row} busiest={busiest} isChosen={row.route === chosenRoute} />
          ))}
        </tbody>
      </table>
      <MoreButton what="routes" count={rows.length} shown={picked.length} isWhole={isWhole} onChange={setWhole} />
    </div>
  )
}
