'use client'
// The newest exceptions in words: what, how often, where, how long ago.
import { useState } from 'react'
import type { RecentException } from '@/server/instrument/exception-log'
import { toAgo } from '../_format/time'
import styles from './exception-list.module.css'
import { groupExceptions } from './group-exceptions'
import { MoreButton } from './more-button'

const SHOWN = 6

export function ExceptionList({ exceptions, nowMs }: { exceptions: readonly RecentException[]; nowMs: number }) {
  const [isWhole, setWhole] = useState(false)
  const groups = groupExceptions(exceptions)
  return (
    <>
      <ol className={styles.list}>
        {groups.slice(0, isWhole ? undefined : SHOWN).map(({ newest, count }) => (
          <li key={newest.id}>
            <strong>
              {newest.name}
              {count > 1 && <em>{` ×${count}`}</em>}
            </strong>
            <time dateTime={new Date(newest.atMs).toISOString()}>{toAgo(newest.atMs, nowMs)}</time>
            <span title={newest.message}>{toWhere(newest)}</span>
          </li>
        ))}
      </ol>
      <MoreButton what="exceptions" count={groups.length} shown={SHOWN} isWhole={isWhole} onChange={setWhole} />
    </>
  )
}

function toWhere({ method = '', route, message }: RecentException): string {
  const where = `${method} ${route}`.trim()
  return message === '' ? where : `${where}: ${message}`
}
