'use client'
// What the dashboard stands in: Next's pages, or the package's prebuilt client. Its parts know no more of either than this.
import { createContext, useContext } from 'react'
import type { Doors } from '@/server/web/page-start'

export type Shell = {
  /** Where the page's server answers. */
  doors: Doors
  /** As own-traffic.ts has them. */
  ownRoutes: string
  /** The page's icon where something is wrong, as URLs: files, since a policy may forbid `data:`. */
  icons: { warning: string; bad: string }
  /** The command that shows a dashboard with traffic; the package has none. */
  demo?: string
  /** The page's own path. */
  pathname: string
  /** What follows it, without the `?`. */
  query: string
  /**
   * Makes a step in the browser's history, or takes the place of the last one, and asks no server for a document where the URL
   * is one of `doors.pages`. A plain click on a link does the same.
   */
  go(url: string, how?: 'push' | 'replace'): void
}

export const ShellContext = createContext<Shell | null>(null)

/** Throws where no shell is above. */
export function useShell(): Shell {
  const shell = useContext(ShellContext)
  if (!shell) throw new Error('Expected a shell above: NextShell in a page of Next, BrowserShell in the package')
  return shell
}
