'use client'
// The answer at one instant: every series a row, to be sorted, filtered, copied and saved.
import { memo, useMemo, useState } from 'react'
import { useHasMounted } from '../_charts/use-has-mounted'
import { toCount } from '../_format/digits'
import { toMoment } from '../_format/time'
import { copyText } from '../_panels/copy-text'
import { download } from '../_panels/download'
import more from '../_panels/more-button.module.css'
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
import { filterRows, sortRows, toCellText, toTable, VALUE } from './table-rows'

/** Rows that are drawn at first, and so many more at each wish. */
const SHOWN = 200

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
  const [shown, setShown] = useState(SHOWN)
  const [said, setSaid] = useState('')
  const hasMounted = useHasMounted()
  const instant = told?.kind === 'instant' ? told : undefined
  const table = useMemo(() => (instant === undefined ? EMPTY : toTable(instant)), [instant])
  const rows = useMemo(() => filterRows(sortRows(table, sort), filter), [table, sort, filter])
  const isCut = instant?.results.some((result) => 'answer' in result && result.answer.isCut) === true
  const { unit } = explore

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
          onChange={({ target }) => setFilter(target.value)}
        />
        <span role="status">{said !== '' ? said : `${isCut ? 'more than ' : ''}${toCount(rows.length)} rows`}</span>
        <button type="button" className={buttons.button} onClick={() => void copy()}>
          Copy
        </button>
        <button type="button" className={buttons.button} onClick={save}>
          CSV
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the screen is scrolled with the keyboard too */}
      <section className={styles.scroller} aria-label="Rows" tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              {table.columns.map((column) => (
                <Header key={column} column={column} sort={sort} onSort={(sort) => changeView({ sort })} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map((row) => (
              <Row key={row.key} row={row} unit={unit} />
            ))}
          </tbody>
        </table>
      </section>
      {shown < rows.length && (
        <button type="button" className={more.more} onClick={() => setShown(shown + SHOWN)}>
          Show {Math.min(SHOWN, rows.length - shown)} more of {toCount(rows.length)} rows
        </button>
      )}
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

const Row = memo(function Row({ row, unit }: { row: TableRow; unit: AnswerProps['explore']['unit'] }) {
  return (
    <tr>
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
