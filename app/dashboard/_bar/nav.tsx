'use client'
// The pages. Time, target and filters go along in the links, and how a page shows them stays there.
import type { PageName } from '@/server/web/client-assets'
import { useShell } from '../_state/shell'
import { useCarried } from '../_state/use-view'
import styles from './nav.module.css'

export const PAGE_NAMES: Readonly<Record<PageName, string>> = {
  overview: 'Overview',
  explore: 'Explore',
  metrics: 'Metrics',
  boards: 'Boards',
  errors: 'Errors',
}
const PAGES = ['overview', 'explore', 'metrics', 'boards', 'errors'] as const

export function Nav({ current }: { current: PageName }) {
  const { doors } = useShell()
  const carried = useCarried()
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
