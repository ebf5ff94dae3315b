'use client'
// The exceptions in words: what, how often, where, when last; opened, some examples of what they said.
import { useState } from 'react'
import type { ExceptionGroup, RecentException } from '@/server/instrument/exception-log'
import { toCount } from '../_format/digits'
import { Ago } from './ago'
import styles from './exception-list.module.css'
import type { ExceptionRow } from './exception-rows'
import { MoreButton } from './more-button'
import { useExceptionExamples } from './use-exception-groups'
import { useReader, useSteadyOrder } from './use-steady-order'

const SHOWN = 6

export function ExceptionList({ rows, nowMs }: { rows: readonly ExceptionRow[]; nowMs: number }) {
  const [isWhole, setWhole] = useState(false)
  const reader = useReader()
  const byKey = new Map(rows.map((row) => [row.key, row]))
  const first = rows.slice(0, isWhole ? undefined : SHOWN).map(({ key }) => key)
  const keys = useSteadyOrder(first, new Set(byKey.keys()), reader.isHere, `${isWhole}`)
  const shown = keys.flatMap((key) => byKey.get(key) ?? [])
  return (
    <div {...reader.handlers}>
      <ol className={styles.list}>
        {shown.map((row) => (
          <li key={row.key}>
            {row.words === undefined ? (
              <div className={styles.head}>
                <Head row={row} nowMs={nowMs} />
              </div>
            ) : (
              <Openable row={row} words={row.words} nowMs={nowMs} />
            )}
          </li>
        ))}
      </ol>
      <MoreButton what="exceptions" count={rows.length} shown={SHOWN} isWhole={isWhole} onChange={setWhole} />
    </div>
  )
}

function Openable({ row, words, nowMs }: { row: ExceptionRow; words: ExceptionGroup; nowMs: number }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className={styles.head}>
        <Head row={row} nowMs={nowMs} />
      </summary>
      {isOpen && <Examples words={words} nowMs={nowMs} />}
    </details>
  )
}

function Head({ row: { error, count, kind, route, words }, nowMs }: { row: ExceptionRow; nowMs: number }) {
  const where = words === undefined ? `${kind} ${route}` : toWhere(words.newest)
  return (
    <>
      <strong>
        {error}
        {count > 1 && <em>{` ×${toCount(count)}`}</em>}
      </strong>
      {words !== undefined && <Ago atMs={words.lastMs} nowMs={nowMs} />}
      <span className={styles.where}>{where}</span>
    </>
  )
}

function Examples({ words, nowMs }: { words: ExceptionGroup; nowMs: number }) {
  const { firstMs } = words
  const data = useExceptionExamples(words)
  return (
    <div className={styles.examples}>
      <ul>
        {data.map((example) => (
          <li key={example.id}>
            <p>{example.message === '' ? '(no message)' : example.message}</p>
            <small>
              {`${example.method ?? ''} ${example.path ?? example.route}`.trim()},{' '}
              <Ago atMs={example.atMs} nowMs={nowMs} />
              {example.digest !== undefined && `, digest ${example.digest}`}
            </small>
          </li>
        ))}
      </ul>
      <small>
        First seen <Ago atMs={firstMs} nowMs={nowMs} />
      </small>
    </div>
  )
}

function toWhere({ method = '', route, message }: RecentException): string {
  const where = `${method} ${route}`.trim()
  return message === '' ? where : `${where}: ${message}`
}
