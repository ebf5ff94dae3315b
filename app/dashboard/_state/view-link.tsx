'use client'
// A link to another view of the page: it opens in a tab of its own like any link, and a plain click changes the view.
import type { AnchorHTMLAttributes, MouseEvent } from 'react'
import { useShell } from './shell'
import { useView } from './use-view'
import type { View } from './view'
import { toQuery } from './view'

type ViewLinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & { change: Partial<View> }

/** `change` is the part of the view that is another one there. */
export function ViewLink({ change, ...anchor }: ViewLinkProps) {
  const { pathname, query } = useShell()
  const [view, changeView] = useView()
  function follow(event: MouseEvent) {
    // A row may do the same for a click anywhere on it.
    event.stopPropagation()
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    changeView(change)
  }
  return <a {...anchor} href={`${pathname}${toQuery({ ...view, ...change }, query)}`} onClick={follow} />
}
