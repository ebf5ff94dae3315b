'use client'
// The pages. Time, target and filters go along in the links, and how a page shows them stays there.
import { useMemo } from 'react'
import type { PageName } from '@/server/web/client-assets'
import { useShell } from '../_state/shell'
import { parseView, toCarried, toQuery, toViewQuery } from '../_state/view'
import styles from './nav.module.css'

export const PAGE_NAMES: Readonly<Record<PageName, string>> = {
  overview: 'Overview',
  explore: 'Explore',
  metrics: 'Metrics',
}
const PAGES = ['overview', 'explore', 'metrics'] as const

export function Nav({ current }: { current: PageName }) {
  const { doors, query } = useShell()
  const carried = useMemo(() => toQuery(toCarried(parseView(toViewQuery(new URLSearchParams(query))))), [query])
  return (
    <nav className={styles.nav} aria-label="Pages">
      {PAGES.map((page) => (
        <a key={page} href={doors.pages[page] + carried} aria-current={page === current ? 'page' : undefined}>
          {PAGE_NAMES[page]}
        </a>
      ))}
    </nav>
  )
}
