// The dashboard without Next: the address is the browser's own.
import type { ReactNode } from 'react'
import { useEffect, useMemo, useState } from 'react'
import bad from '@/app/dashboard/_icons/icon-bad.svg'
import warning from '@/app/dashboard/_icons/icon-warning.svg'
import type { Shell } from '@/app/dashboard/_state/shell'
import { ShellContext } from '@/app/dashboard/_state/shell'

type BrowserShellProps = Pick<Shell, 'doors' | 'ownRoutes'> & { children: ReactNode }

export function BrowserShell({ doors, ownRoutes, children }: BrowserShellProps) {
  const [{ pathname, query }, setAddress] = useState(addressNow)
  useEffect(() => {
    const follow = () => setAddress(addressNow())
    window.addEventListener('popstate', follow)
    return () => window.removeEventListener('popstate', follow)
  }, [])
  // The page was empty when the browser looked for the panel that the address names.
  useEffect(() => document.getElementById(window.location.hash.slice(1))?.scrollIntoView(), [])
  const shell = useMemo(() => {
    const go: Shell['go'] = (url, how = 'push') => {
      if (how === 'push') window.history.pushState(null, '', url)
      else window.history.replaceState(null, '', url)
      setAddress(addressNow())
    }
    return { doors, ownRoutes, icons: { warning, bad }, pathname, query, go }
  }, [doors, ownRoutes, pathname, query])
  return <ShellContext value={shell}>{children}</ShellContext>
}

function addressNow() {
  const { pathname, search } = window.location
  return { pathname, query: search.slice(1) }
}
