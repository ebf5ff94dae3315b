'use client'
// All pages as one, in whatever shell. A link to another page loads its script and makes a step in the browser's history; no
// document is loaded, and the page before it stays until the new one can be drawn.
import type { ComponentType, ReactNode } from 'react'
import { startTransition, useEffect, useLayoutEffect, useMemo, useState } from 'react'
import type { PageName } from '@/server/web/client-assets'
import type { Doors, PagePlace } from '@/server/web/page-start'
import type { LiveStart } from './_live/live-provider'
import { LiveProvider, useLive } from './_live/live-provider'
import type { Shell } from './_state/shell'
import { ShellContext } from './_state/shell'

const PAGES: Readonly<Record<PageName, () => Promise<ComponentType>>> = {
  overview: async () => (await import('./overview')).Overview,
  explore: async () => (await import('./_explore/explore')).Explore,
  metrics: async () => (await import('./_metrics/metrics')).Metrics,
  boards: async () => (await import('./_own/boards')).Boards,
  errors: async () => (await import('./_errors/errors')).Errors,
}

type AllPagesProps = Pick<Shell, 'icons' | 'demo' | 'pathname' | 'query'> & {
  /** The page that came with the document; `children` draw it. */
  page: PageName
  start: PagePlace & LiveStart
  children: ReactNode
}

export function AllPages(props: AllPagesProps) {
  return (
    <LiveProvider url={props.start.doors.trpc} start={props.start}>
      <Router {...props} />
    </LiveProvider>
  )
}

/** `visit` tells pages apart that were gone to; it is 0 for the first. */
type Shown = Pick<Shell, 'pathname' | 'query'> & { Page: ComponentType | undefined; visit: number }

function Router({ page, start, icons, demo, pathname, query, children }: AllPagesProps) {
  const { doors, ownRoutes } = start
  const { stores } = useLive()
  const [{ Page, visit, ...address }, setShown] = useState<Shown>({ pathname, query, Page: undefined, visit: 0 })

  const show = useMemo(() => {
    let current = page
    let turn = 0
    /** `step` makes the address that of `url`. */
    return async (url: URL, step: () => void) => {
      const next = pageAt(url.pathname, doors)
      const mine = ++turn
      if (next === undefined) return window.location.assign(url)
      if (next === current) {
        setLoading(false)
        step()
        setShown((before) => ({ ...before, ...addressNow() }))
        return
      }
      setLoading(true)
      const Page = await PAGES[next]().catch(() => undefined)
      if (mine !== turn) return
      // Of another version of the app, perhaps.
      if (Page === undefined) return window.location.assign(url)
      step()
      current = next
      stores.setArriving(true)
      startTransition(() => setShown({ ...addressNow(), Page, visit: mine }))
    }
  }, [page, doors, stores])

  const go = useMemo((): Shell['go'] => {
    return (to, how = 'push') => {
      const url = new URL(to, window.location.href)
      void show(url, () => {
        if (how === 'replace') return window.history.replaceState(null, '', url)
        window.history.replaceState({ ...window.history.state, scrollY: window.scrollY }, '')
        window.history.pushState(null, '', url)
      })
    }
  }, [show])

  useEffect(() => {
    const follow = () => void show(new URL(window.location.href), () => {})
    const click = (event: MouseEvent) => {
      const link = plainlyClicked(event)
      if (link === undefined || pageAt(link.pathname, doors) === undefined) return
      event.preventDefault()
      go(link.href)
    }
    follow()
    window.addEventListener('popstate', follow)
    window.addEventListener('click', click)
    return () => {
      window.removeEventListener('popstate', follow)
      window.removeEventListener('click', click)
    }
  }, [doors, go, show])

  useLayoutEffect(() => {
    if (visit === 0) return
    stores.setArriving(false)
    setLoading(false)
    const place = document.getElementById(window.location.hash.slice(1))
    if (place === null) window.scrollTo(0, Number(window.history.state?.scrollY ?? 0))
    else place.scrollIntoView()
    // A screen reader says where it is.
    document.querySelector('h1')?.focus({ preventScroll: true })
  }, [stores, visit])

  const shell = useMemo(
    (): Shell => ({ doors, ownRoutes, icons, demo, go, pathname: address.pathname, query: address.query }),
    [doors, ownRoutes, icons, demo, go, address.pathname, address.query],
  )
  return <ShellContext value={shell}>{Page === undefined ? children : <Page key={visit} />}</ShellContext>
}

/** The page at a path of the browser; undefined where another one stands, which its server knows. */
function pageAt(pathname: string, { pages }: Doors): PageName | undefined {
  const names = Object.keys(pages) as PageName[]
  return names.find((name) => withoutSlash(pages[name]) === withoutSlash(pathname))
}

const withoutSlash = (path: string): string => path.replace(/\/$/, '')

const addressNow = () => ({
  pathname: window.location.pathname,
  query: new URLSearchParams(window.location.search).toString(),
})

/** The link that a click follows in this tab; undefined for what is the browser's own, and for a place in the same page. */
function plainlyClicked(event: MouseEvent): HTMLAnchorElement | undefined {
  const { altKey, button, ctrlKey, defaultPrevented, metaKey, shiftKey, target } = event
  if (defaultPrevented || button !== 0 || altKey || ctrlKey || metaKey || shiftKey) return undefined
  const link = target instanceof Element ? target.closest('a') : null
  if (!(link instanceof HTMLAnchorElement) || link.origin !== window.location.origin) return undefined
  if (!['', '_self'].includes(link.target) || link.hasAttribute('download')) return undefined
  const isHere = link.pathname === window.location.pathname && link.search === window.location.search
  return isHere && link.hash !== '' ? undefined : link
}

/** A line at the top of the window says so, where it takes long. */
function setLoading(isLoading: boolean): void {
  document.documentElement.toggleAttribute('data-loading', isLoading)
}
