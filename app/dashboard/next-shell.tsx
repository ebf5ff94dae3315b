'use client'
// The dashboard within Next: the server has the address from Next, and the browser from itself.
import type { StaticImageData } from 'next/image'
import { usePathname, useSearchParams } from 'next/navigation'
import type { ReactNode } from 'react'
import type { PageName } from '@/server/web/client-assets'
import type { PagePlace } from '@/server/web/page-start'
import { BASE_PATH } from '../base-path'
import bad from './_icons/icon-bad.svg'
import warning from './_icons/icon-warning.svg'
import type { LiveStart } from './_live/live-provider'
import type { Shell } from './_state/shell'
import { AllPages } from './all-pages'

type NextShellProps = { page: PageName; start: PagePlace & LiveStart; children: ReactNode }

export function NextShell({ page, start, children }: NextShellProps) {
  // It has no base path, which the browser's history wants. Beside a pages/ folder, Next's types say that there may be neither.
  const pathname = BASE_PATH + (usePathname() ?? '')
  const query = useSearchParams()?.toString() ?? ''
  return (
    <AllPages page={page} start={start} icons={icons} demo="npm run demo" pathname={pathname} query={query}>
      {children}
    </AllPages>
  )
}

/** An imported picture is an object in Next. */
const toUrl = ({ src }: StaticImageData): string => src

const icons: Shell['icons'] = { warning: toUrl(warning), bad: toUrl(bad) }
