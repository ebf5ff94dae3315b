'use client'
// The answer at one instant: every series a row, to be sorted, filtered, copied and saved.
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useHasMounted } from '../_charts/use-has-mounted'
import { toCount } from '../_format/digits'
import { toMoment } from '../_format/time'
import { copyText } from '../_panels/copy-text'
import { download } from '../_panels/download'
import { toCsvText } from '../_panels/panel-csv'
import { PanelFrame } from '../_panels/panel-frame'
import { useView } from '../_state/use-view'
import type { AnswerProps } from './answer'
import { AnswerControls } from './answer-controls'
import styles from './answer-table.module.css'
import { toAnswerFace } from './graph'
import buttons from './queries.module.css'
import { toPanel } from './shape'
import type { TableRow } from './table-rows'
import { filterRows, sortRows, toCellText, toLines, toTable, toWidths, VALUE } from './table-rows'

/** In pixels, as the style sheet has them: rows that were estimated wrongly would move the others. */
const LINE_HEIGHT = 17
const AROUND_LINES = 11
/** Between two columns, in pixels. */
const GAP = 12
/** Rows that are drawn above and below of what is seen. */
const ROWS_AROUND = 12

const HELP =
  'What the queries answer at the end of the time that is shown. Choose a column to sort by it; the filter looks for words in all columns.'

const EMPTY = { columns: [], rows: [] }

export const AnswerTable = memo(function AnswerTable({
  explore,
  onExplore,
  told,
  isAsking,
  frame,
  state,
}: AnswerProps) {
  const [{ sort }, changeView] = useView()
  const [filter, setFilter] = useState('')
  const [said, setSaid] = useState('')
  const hasMounted = useHasMounted()
  const instant = told?.kind === 'instant' ? told : undefined
  const table = useMemo(() => (instant === undefined ? EMPTY : toTable(instant)), [instant])
  const rows = useMemo(() => filterRows(sortRows(table, sort), filter), [table, sort, filter])
  const isCut = instant?.results.some((result) => 'answer' in result && result.answer.isCut) === true
  const { unit } = explore
  const widths = useMemo(() => toWidths(table, unit), [table, unit])
  const minWidth = `calc(${widths.reduce((sum, width) => sum + width, 0)}ch + ${widths.length * GAP}px)`

  const scroller = useRef<HTMLElement>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => AROUND_LINES + LINE_HEIGHT * toLines(rows[index]?.value),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: ROWS_AROUND,
  })
  const drawn = virtualizer.getVirtualItems()
  const [above, below] = [drawn[0]?.start ?? 0, virtualizer.getTotalSize() - (drawn.at(-1)?.end ?? 0)]
  // Another order begins at its first row.
  // biome-ignore lint/correctness/useExhaustiveDependencies: these two change the order
  useLayoutEffect(() => {
    // Newer browsers give a promise here.
    void scroller.current?.scrollTo({ top: 0 })
  }, [sort, filter])

  const texts = () => [table.columns, ...rows.map(({ cells, value }) => [...cells, toCellText(value, 'plain')])]
  async function copy() {
    const isCopied = await copyText(
      texts()
        .map((row) => row.join('\t'))
        .join('\n'),
    )
    setSaid(isCopied ? `Copied ${toCount(rows.length)} rows` : 'That did not work')
  }
  function save() {
    const numbers = [table.columns, ...rows.map(({ cells, value }) => [...cells, toCsvValue(value)])]
    const name = `explore-${new Date(frame.endMs).toISOString().replace(/\.\d+|[:]/g, '')}.csv`
    download(name, new Blob([toCsvText(numbers)], { type: 'text/csv;charset=utf-8' }))
    setSaid(`Saved ${toCount(rows.length)} rows`)
  }

  return (
    <PanelFrame
      panel={{
        ...toPanel([], 'lines', unit),
        title: 'Table',
        help: HELP,
        subtitle: instant !== undefined && hasMounted ? `at ${toMoment(instant.endMs, frame.endMs)}` : '',
      }}
      face={toAnswerFace(told, table.rows.length, state, isAsking && instant === undefined)}
      words={{ rangeMs: frame.endMs - frame.startMs, windowMs: 0, minuteMs: 0, target: '' }}
      newestMs={instant?.endMs ?? null}
      menu={null}
      controls={<AnswerControls explore={explore} onExplore={onExplore} />}
    >
      <div className={styles.tools}>
        <input
          type="search"
          aria-label="Filter rows"
          placeholder="Filter"
          value={filter}
          onChange={({ target }) => {
            setFilter(target.value)
            // What was said was of other rows.
            setSaid('')
          }}
        />
        <span role="status">{said !== '' ? said : `${isCut ? 'more than ' : ''}${toCount(rows.length)} rows`}</span>
        <button type="button" className={buttons.button} onClick={() => void copy()}>
          Copy
        </button>
        <button type="button" className={buttons.button} onClick={save}>
          CSV
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is larger than the screen is scrolled with the keyboard too */}
      <section ref={scroller} className={styles.scroller} aria-label="Rows" tabIndex={0}>
        <table className={styles.table} style={{ minWidth }} aria-rowcount={rows.length + 1}>
          <colgroup>
            {table.columns.map((column, i) => (
              <col key={column} style={{ width: `calc(${widths[i] ?? 0}ch + ${GAP}px)` }} />
            ))}
          </colgroup>
          <thead>
            <tr aria-rowindex={1}>
              {table.columns.map((column) => (
                <Header key={column} column={column} sort={sort} onSort={(sort) => changeView({ sort })} />
              ))}
            </tr>
          </thead>
          <tbody>
            <Space height={above} columns={table.columns.length} />
            {drawn.map(({ index, key }) => {
              const row = rows[index]
              return row && <Row key={key} index={index} row={row} unit={unit} onMount={virtualizer.measureElement} />
            })}
            <Space height={below} columns={table.columns.length} />
          </tbody>
        </table>
      </section>
    </PanelFrame>
  )
})

type HeaderProps = { column: string; sort: string | undefined; onSort: (sort: string | undefined) => void }

/** A value sorts the largest first, a label by the alphabet; then the other way round, then not at all. */
function Header({ column, sort, onSort }: HeaderProps) {
  const [first, second] = column === VALUE ? [`-${column}`, column] : [column, `-${column}`]
  const next = sort === first ? second : sort === second ? undefined : first
  const direction = sort === column ? 'ascending' : sort === `-${column}` ? 'descending' : 'none'
  return (
    <th scope="col" aria-sort={direction} data-value={column === VALUE}>
      <button type="button" onClick={() => onSort(next)}>
        {column === '__name__' ? 'Metric' : column}
        <span aria-hidden="true">{direction === 'none' ? '' : direction === 'ascending' ? ' ↑' : ' ↓'}</span>
      </button>
    </th>
  )
}

/** Instead of the rows that are not drawn. */
function Space({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
    <tr aria-hidden="true" className={styles.space}>
      <td colSpan={columns} style={{ height }} />
    </tr>
  )
}

type RowProps = {
  index: number
  row: TableRow
  unit: AnswerProps['explore']['unit']
  onMount: (element: HTMLTableRowElement | null) => void
}

const Row = memo(function Row({ index, row, unit, onMount }: RowProps) {
  return (
    // The first is the header's.
    <tr ref={onMount} data-index={index} aria-rowindex={index + 2}>
      {row.cells.map((cell, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
        <td key={i} title={cell}>
          {cell}
        </td>
      ))}
      <td data-value>{toCellText(row.value, unit)}</td>
    </tr>
  )
})

const toCsvValue = (value: TableRow['value']) => (typeof value === 'number' ? value : toCellText(value, 'plain'))
