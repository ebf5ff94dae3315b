'use client'
// The pages. Time, target and filters go along in the links, and how a page shows them stays there.
import { useMemo } from 'react'
import { useShell } from '../_state/shell'
import { parseView, toCarried, toQuery, toViewQuery } from '../_state/view'
import styles from './nav.module.css'

export type Page = 'overview' | 'explore'

export const PAGE_NAMES: Readonly<Record<Page, string>> = { overview: 'Overview', explore: 'Explore' }
const PAGES = ['overview', 'explore'] as const

export function Nav({ current }: { current: Page }) {
  const { doors, query } = useShell()
  const carried = useMemo(() => toQuery(toCarried(parseView(toViewQuery(new URLSearchParams(query))))), [query])
  return (
    <nav className={styles.nav} aria-label="Pages">
      {PAGES.map((page) => (
        <a key={page} href={doors[page] + carried} aria-current={page === current ? 'page' : undefined}>
          {PAGE_NAMES[page]}
        </a>
      ))}
    </nav>
  )
}
