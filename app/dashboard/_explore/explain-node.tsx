'use client'
// One part of an expression that is explained: its text, its facts, its values and its time.
import type { KeyboardEvent } from 'react'
import { memo, useId, useMemo } from 'react'
import { share } from '../_charts/chart-frame'
import { Spark } from '../_charts/spark'
import type { TimeFrame } from '../_charts/time-frame'
import { toCount, toDigits } from '../_format/digits'
import { toText } from '../_format/unit'
import tool from '../_panels/tool-button.module.css'
import type { ExploreView } from '../_state/explore-query'
import type { ExplainRow, NodeValue } from './explain-rows'
import { curveOf, toPieces } from './explain-rows'
import styles from './explain-tree.module.css'

/** Of a part: values that are written, and labels beside the metric's name. */
const SHOWN_VALUES = 3
const SHOWN_LABELS = 6

type ExplainNodeProps = {
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

export function ExplainNode({ row, values, timesMs, frame, unit, isCurrent, canAdd, ...on }: ExplainNodeProps) {
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
export const canBeAsked = ({ node }: ExplainRow) => node.type === 'string' || node.steps !== 'none'
