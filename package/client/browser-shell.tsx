// The dashboard without Next: the address is the browser's own.
import type { ReactNode } from 'react'
import { useEffect } from 'react'
import bad from '@/app/dashboard/_icons/icon-bad.svg'
import warning from '@/app/dashboard/_icons/icon-warning.svg'
import type { LiveStart } from '@/app/dashboard/_live/live-provider'
import { AllPages } from '@/app/dashboard/all-pages'
import type { PageName } from '@/server/web/client-assets'
import type { PagePlace } from '@/server/web/page-start'

type BrowserShellProps = { page: PageName; start: PagePlace & LiveStart; children: ReactNode }

export function BrowserShell({ page, start, children }: BrowserShellProps) {
  // The page was empty when the browser looked for the panel that the address names.
  // Newer browsers give a promise here, and an effect gives nothing.
  useEffect(() => void document.getElementById(window.location.hash.slice(1))?.scrollIntoView(), [])
  const { pathname, search } = window.location
  return (
    <AllPages page={page} start={start} icons={icons} pathname={pathname} query={search.slice(1)}>
      {children}
    </AllPages>
  )
}

const icons = { warning, bad }
