'use client'
// Puts the alarm where other tabs show it: into the document's title and its icon.
import { useEffect, useRef } from 'react'
import type { Shell } from '../_state/shell'
import type { Alarm } from './alarm'
import { toTitle } from './alarm'

/**
 * `page` is the name that stands in the title while all is well. What the document had is put back at the end. Looked at
 * after every render: Next writes its own title and icon late, and again when a page is shown anew.
 */
export function useAlarm(alarm: Alarm | undefined, page: string, icons: Shell['icons']): void {
  const title = toTitle(alarm, page)
  const icon = alarm?.level === 'bad' ? icons.bad : alarm?.level === 'warning' ? icons.warning : undefined
  const calm = useRef<string | null>(null)
  useEffect(() => {
    if (document.title !== title) document.title = title
    const link = iconLink()
    const now = link?.getAttribute('href') ?? null
    if (now !== icons.bad && now !== icons.warning) calm.current = now
    const next = icon ?? calm.current
    if (next !== null && next !== now) link?.setAttribute('href', next)
  })
  useEffect(
    () => () => {
      if (calm.current !== null) iconLink()?.setAttribute('href', calm.current)
    },
    [],
  )
}

const iconLink = () => document.querySelector<HTMLLinkElement>('link[rel~="icon"]')
