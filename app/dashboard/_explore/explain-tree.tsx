'use client'
// An expression as a tree, as Prometheus's own page has it: each part with what it comes to, and what it costs.
import type { KeyboardEvent } from 'react'
import { memo, useId, useMemo, useRef, useState } from 'react'
import { share } from '../_charts/chart-frame'
import { Spark } from '../_charts/spark'
import type { TimeFrame } from '../_charts/time-frame'
import { toCount, toDigits } from '../_format/digits'
import { toText } from '../_format/unit'
import tool from '../_panels/tool-button.module.css'
import type { ExploreView } from '../_state/explore-query'
import type { ExplainRow, NodeValue } from './explain-rows'
import { curveOf, nodeAt, toPieces, toRows, valuesAt } from './explain-rows'
import styles from './explain-tree.module.css'
import type { Explanation } from './use-explained'

/** Of a part: values that are written, and labels beside the metric's name. */
const SHOWN_VALUES = 3
const SHOWN_LABELS = 6

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
        <Row
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

type RowProps = {
  row: ExplainRow
  values: readonly NodeValue[]
  timesMs: readonly number[]
  frame: TimeFrame
  unit: ExploreView['unit']
  isCurrent: boolean
  canAdd: boolean
  onToggle: () => void
  onFocus: () => void
  onPress: (event: KeyboardEvent<HTMLElement>) => void
  onAsk: (how: 'alone' | 'beside') => void
}

function Row({ row, values, timesMs, frame, unit, isCurrent, canAdd, ...on }: RowProps) {
  const { hasParts, isOpen, level, node, path, place, siblings } = row
  const id = useId()
  const [nameId, factsId, valuesId] = [`${id}name`, `${id}facts`, `${id}values`]
  const curve = useMemo(() => curveOf(node), [node])
  return (
    <div
      role="treeitem"
      className={styles.row}
      data-path={path}
      data-failed={node.error !== undefined && node.children.every(({ error }) => error === undefined)}
      aria-level={level}
      aria-posinset={place}
      aria-setsize={siblings}
      aria-expanded={hasParts ? isOpen : undefined}
      aria-labelledby={nameId}
      aria-describedby={`${factsId} ${valuesId}`}
      tabIndex={isCurrent ? 0 : -1}
      onFocus={on.onFocus}
      onKeyDown={on.onPress}
    >
      <div className={styles.part}>
        {Array.from({ length: level - 1 }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one for each level
          <i key={i} className={styles.indent} aria-hidden="true" />
        ))}
        {hasParts ? (
          <button
            type="button"
            className={styles.toggle}
            tabIndex={-1}
            aria-label={isOpen ? 'Close' : 'Open'}
            onClick={on.onToggle}
          >
            {isOpen ? '▾' : '▸'}
          </button>
        ) : (
          <i className={styles.toggle} aria-hidden="true" />
        )}
        <div className={styles.words}>
          <div className={styles.text}>
            {canBeAsked(row) ? (
              <button
                type="button"
                tabIndex={-1}
                className={styles.ask}
                title="Ask this part alone"
                onClick={() => on.onAsk('alone')}
              >
                <Code id={nameId} text={node.text} />
              </button>
            ) : (
              <span className={styles.ask}>
                <Code id={nameId} text={node.text} />
              </span>
            )}
            {canBeAsked(row) && level > 1 && (
              <button
                type="button"
                tabIndex={-1}
                className={tool.tool}
                aria-label="Add this part as a query"
                title="Add as a query"
                disabled={!canAdd}
                onClick={() => on.onAsk('beside')}
              >
                +
              </button>
            )}
          </div>
          <div id={factsId}>
            <Facts row={row} />
          </div>
        </div>
      </div>
      <div className={styles.value} id={valuesId}>
        {curve.length > 1 && <Spark timesMs={timesMs} values={curve} frame={frame} colour="route-6" height={26} />}
        <Values values={values} described={node.described} unit={unit} />
      </div>
      <Time row={row} />
    </div>
  )
}

const Code = memo(function Code({ id, text }: { id: string; text: string }) {
  return (
    <code id={id} className={styles.code}>
      {toPieces(text).map(({ kind, text }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place
        <span key={i} data-kind={kind}>
          {text}
        </span>
      ))}
    </code>
  )
})

const TYPES = { scalar: 'Scalar', vector: 'Instant vector', matrix: 'Range vector', string: 'String' } as const

const STEPS = {
  query: undefined,
  once: 'Evaluated once',
  subquery: "At the subquery's steps",
  none: undefined,
} as const

function Facts({ row: { node } }: { row: ExplainRow }) {
  const { described, error, samples, steps, type } = node
  if (error !== undefined && node.children.every((child) => child.error === undefined)) {
    return <p className={styles.error}>{error}</p>
  }
  const series = described?.series
  const facts = [
    TYPES[type],
    series === undefined || type === 'scalar' ? undefined : `${toCount(series)} series`,
    samples === undefined || samples === 0 ? undefined : `${toCount(samples)} ${samples === 1 ? 'sample' : 'samples'}`,
    STEPS[steps],
  ]
  const labels = described?.labels.filter(({ name }) => name !== '__name__') ?? []
  return (
    <ul className={styles.facts}>
      <li>{facts.filter((fact) => fact !== undefined).join(', ')}</li>
      {labels.slice(0, SHOWN_LABELS).map(({ name, top, values }) => (
        <li
          key={name}
          className={styles.label}
          title={top.map(({ value, series }) => `${value} (${series})`).join('\n')}
        >
          {name} <b>{toCount(values)}</b>
        </li>
      ))}
      {labels.length > SHOWN_LABELS && <li className={styles.label}>{`+${labels.length - SHOWN_LABELS}`}</li>}
    </ul>
  )
}

type ValuesProps = {
  values: readonly NodeValue[]
  described: ExplainRow['node']['described']
  unit: ExploreView['unit']
}

function Values({ values, described, unit }: ValuesProps) {
  const shown = values.slice(0, SHOWN_VALUES)
  const untold = (described?.series ?? 0) - (described?.shown.length ?? 0)
  const more = untold + values.length - shown.length
  return (
    <dl className={styles.values}>
      {shown.map(({ key, name, value }) => (
        <div key={key}>
          <dt title={name}>{name}</dt>
          <dd>{Number.isNaN(value) ? 'NaN' : toText(value, unit)}</dd>
        </div>
      ))}
      {shown.length > 0 && more > 0 && (
        <div>
          <dt>{`and ${toCount(more)} more`}</dt>
          <dd />
        </div>
      )}
    </dl>
  )
}

function Time({ row: { node, ownShare, totalShare } }: { row: ExplainRow }) {
  const { ownMs, totalMs } = node
  if (totalMs === undefined) return <div className={styles.time} />
  const own = ownMs === undefined ? '' : `${toDigits(ownMs)} ms`
  const isWhole = ownMs === undefined || Math.abs(totalMs - ownMs) < 0.0005
  return (
    <div className={styles.time}>
      <svg aria-hidden="true">
        <rect className={styles.total} width={share(totalShare)} height="100%" rx={2} />
        <rect className={styles.own} width={share(ownMs === undefined ? totalShare : ownShare)} height="100%" rx={2} />
      </svg>
      <span>{isWhole ? `${toDigits(totalMs)} ms` : `${own} of ${toDigits(totalMs)} ms`}</span>
    </div>
  )
}

/** A list of matchers has no value of its own. */
const canBeAsked = ({ node }: ExplainRow) => node.type === 'string' || node.steps !== 'none'
