'use client'
// The newest exceptions in words: what, where, how long ago.
import type { RecentException } from '@/server/instrument/exception-log'
import { toAgo } from '../_format/time'
import styles from './exception-list.module.css'

const SHOWN = 8

export function ExceptionList({ exceptions, nowMs }: { exceptions: readonly RecentException[]; nowMs: number }) {
  return (
    <ol className={styles.list}>
      {exceptions.slice(0, SHOWN).map(({ id, atMs, route, method, name, message }) => (
        <li key={id}>
          <strong>{name}</strong>
          <time dateTime={new Date(atMs).toISOString()}>{toAgo(atMs, nowMs)}</time>
          <span title={message}>
            {`${method} ${route}`.trim()}
            {message === '' ? '' : `: ${message}`}
          </span>
        </li>
      ))}
    </ol>
  )
}
