'use client'
// The dashboard within Next: the address is Next's, which follows the browser's history by itself.
import type { StaticImageData } from 'next/image'
import { usePathname, useSearchParams } from 'next/navigation'
import type { ReactNode } from 'react'
import { useMemo } from 'react'
import { BASE_PATH } from '../base-path'
import bad from './_icons/icon-bad.svg'
import warning from './_icons/icon-warning.svg'
import type { Shell } from './_state/shell'
import { ShellContext } from './_state/shell'

type NextShellProps = Pick<Shell, 'doors' | 'ownRoutes'> & { children: ReactNode }

export function NextShell({ doors, ownRoutes, children }: NextShellProps) {
  // It has no base path, which the browser's history wants. Beside a pages/ folder, Next's types say that there may be neither.
  const pathname = BASE_PATH + (usePathname() ?? '')
  const query = useSearchParams()?.toString() ?? ''
  const shell = useMemo(
    () => ({ doors, ownRoutes, icons, demo: DEMO, pathname, query, go }),
    [doors, ownRoutes, pathname, query],
  )
  return <ShellContext value={shell}>{children}</ShellContext>
}

const DEMO = 'npm run demo'

/** An imported picture is an object in Next. */
const toUrl = ({ src }: StaticImageData): string => src

const icons: Shell['icons'] = { warning: toUrl(warning), bad: toUrl(bad) }

const go: Shell['go'] = (url, how = 'push') =>
  how === 'push' ? window.history.pushState(null, '', url) : window.history.replaceState(null, '', url)
