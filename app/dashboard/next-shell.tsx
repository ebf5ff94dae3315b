'use client'
// The dashboard within Next: the address is Next's, which follows the browser's history by itself.
import { usePathname, useSearchParams } from 'next/navigation'
import type { ReactNode } from 'react'
import { useMemo } from 'react'
import { BASE_PATH } from '../base-path'
import type { Shell } from './_state/shell'
import { ShellContext } from './_state/shell'

type NextShellProps = Pick<Shell, 'doors' | 'ownRoutes'> & { children: ReactNode }

export function NextShell({ doors, ownRoutes, children }: NextShellProps) {
  // It has no base path, which the browser's history wants. Beside a pages/ folder, Next's types say that there may be neither.
  const pathname = BASE_PATH + (usePathname() ?? '')
  const query = useSearchParams()?.toString() ?? ''
  const shell = useMemo(() => ({ doors, ownRoutes, pathname, query, go }), [doors, ownRoutes, pathname, query])
  return <ShellContext value={shell}>{children}</ShellContext>
}

const go = (url: string) => window.history.pushState(null, '', url)
