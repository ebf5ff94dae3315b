'use client'
// The dashboard within Next: the server has the address from Next, and the browser from itself, because Next's hook may end
// at another step of the history than the browser when two come quickly after a reload.
import type { StaticImageData } from 'next/image'
import { usePathname, useSearchParams } from 'next/navigation'
import type { ReactNode } from 'react'
import { useMemo, useSyncExternalStore } from 'react'
import { BASE_PATH } from '../base-path'
import bad from './_icons/icon-bad.svg'
import warning from './_icons/icon-warning.svg'
import type { Shell } from './_state/shell'
import { ShellContext } from './_state/shell'

type NextShellProps = Pick<Shell, 'doors' | 'ownRoutes'> & { children: ReactNode }

export function NextShell({ doors, ownRoutes, children }: NextShellProps) {
  // It has no base path, which the browser's history wants. Beside a pages/ folder, Next's types say that there may be neither.
  const pathname = BASE_PATH + (usePathname() ?? '')
  const asked = useSearchParams()?.toString() ?? ''
  const query = useSyncExternalStore(follow, queryNow, () => asked)
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

/** Those who follow the address; the browser has no event for a step that the page makes. */
const followers = new Set<() => void>()

function follow(follower: () => void): () => void {
  followers.add(follower)
  window.addEventListener('popstate', follower)
  return () => {
    followers.delete(follower)
    window.removeEventListener('popstate', follower)
  }
}

/** In the same letters as Next's. */
const queryNow = () => new URLSearchParams(window.location.search).toString()

const go: Shell['go'] = (url, how = 'push') => {
  if (how === 'push') window.history.pushState(null, '', url)
  else window.history.replaceState(null, '', url)
  for (const follower of followers) follower()
}
