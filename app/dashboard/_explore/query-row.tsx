'use client'
// One query: its editor, its legend, what the server says about it, and what it cost.
import { memo, useMemo } from 'react'
import tool from '../_panels/tool-button.module.css'
import type { ExploreQuery } from '../_state/explore-query'
import { toCostWords } from './cost-words'
import type { AnsweredText } from './create-editor'
import { PromqlEditor } from './promql-editor'
import { QueryIcon } from './query-icon'
import styles from './query-row.module.css'
import type { Remark } from './remarks'
import { toRemark } from './remarks'
import { toLetter } from './shape'
import type { Told } from './use-told'

type QueryRowProps = {
  place: number
  /** As it is typed. */
  query: ExploreQuery
  api: string
  /** Of what was asked last in this place. */
  result: Told['results'][number] | undefined
  isStarred: boolean
  canAdd: boolean
  onType: (place: number, text: string) => void
  onRun: () => void
  onChange: (change: Partial<ExploreQuery>) => void
  onStar: () => void
  onDuplicate: () => void
  onRemove: () => void
}

export const QueryRow = memo(function QueryRow(props: QueryRowProps) {
  const { place, query, api, result, isStarred, canAdd, onType, onRun, onChange, onStar, onDuplicate, onRemove } = props
  const letter = toLetter(place)
  const isAsked = result?.query.typed === query.expr && !query.isOff
  const told = isAsked ? toRemarks(result) : NO_REMARKS
  // The same until the words change, so that the editor isn't told anew with every tick.
  const key = JSON.stringify(told)
  const remarks = useMemo((): readonly Remark[] => JSON.parse(key), [key])
  const answer = useMemo(
    (): AnsweredText | undefined => (isAsked ? { text: query.expr, remarks } : undefined),
    [isAsked, query.expr, remarks],
  )
  return (
    <fieldset className={styles.row} data-off={query.isOff}>
      <legend className="visually-hidden">Query {letter}</legend>
      <button
        type="button"
        className={styles.letter}
        aria-pressed={!query.isOff}
        aria-label={`Query ${letter} is on`}
        title={query.isOff ? 'Switch on' : 'Switch off'}
        onClick={() => onChange({ isOff: !query.isOff })}
      >
        {letter}
      </button>
      <div className={styles.middle}>
        <PromqlEditor
          text={query.expr}
          label={`PromQL of query ${letter}`}
          api={api}
          answer={answer}
          onChange={(text) => onType(place, text)}
          onRun={onRun}
        />
        <div className={styles.under}>
          <input
            key={query.legend}
            className={styles.legend}
            type="text"
            aria-label={`Legend of query ${letter}`}
            placeholder="Legend, such as {{route}}"
            defaultValue={query.legend}
            onBlur={({ target: { value } }) => value !== query.legend && onChange({ legend: value })}
            onKeyDown={({ key, currentTarget: { value } }) => key === 'Enter' && onChange({ legend: value })}
          />
          <p className={styles.cost}>
            {isAsked && result !== undefined && 'answer' in result ? toCostWords(result.answer) : ''}
          </p>
        </div>
        <div role="status" className={styles.remarks}>
          {remarks.map(({ level, text }) => (
            <p key={`${level} ${text}`} data-level={level}>
              {text}
            </p>
          ))}
        </div>
      </div>
      <div className={styles.tools}>
        <button
          type="button"
          className={tool.tool}
          aria-label={`Star of query ${letter}`}
          aria-pressed={isStarred}
          title={isStarred ? 'Forget' : 'Remember with a star'}
          disabled={query.expr.trim() === ''}
          onClick={onStar}
        >
          <QueryIcon name="star" isFilled={isStarred} />
        </button>
        <button
          type="button"
          className={tool.tool}
          aria-label={`Duplicate query ${letter}`}
          title="Duplicate"
          disabled={!canAdd}
          onClick={onDuplicate}
        >
          <QueryIcon name="copy" />
        </button>
        <button
          type="button"
          className={tool.tool}
          aria-label={`Remove query ${letter}`}
          title="Remove"
          onClick={onRemove}
        >
          <QueryIcon name="remove" />
        </button>
      </div>
    </fieldset>
  )
})

const NO_REMARKS: readonly Remark[] = []

/** Their places are those in what was typed. */
function toRemarks(result: Told['results'][number]): Remark[] {
  const { expr, toTyped } = result.query
  const toPlace = ({ at, ...remark }: Remark): Remark => ({ ...remark, at: at === undefined ? undefined : toTyped(at) })
  if ('error' in result) {
    const { message, status } = result.error
    return [
      toPlace(toRemark('error', status === 429 || status === 503 ? `Try again later: ${message}` : message, expr)),
    ]
  }
  const { warnings, infos } = result.answer
  return [
    ...warnings.map((words) => toPlace(toRemark('warning', words, expr))),
    ...infos.map((words) => toPlace(toRemark('info', words, expr))),
  ]
}
