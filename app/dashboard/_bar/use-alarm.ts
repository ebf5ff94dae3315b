'use client'
// Puts the alarm where other tabs show it: into the document's title and its icon.
import { useEffect } from 'react'
import type { Shell } from '../_state/shell'
import type { Alarm } from './alarm'
import { toTitle } from './alarm'

/** `page` is the name that stands in the title while all is well. What the document had is put back at the end. */
export function useAlarm(alarm: Alarm | undefined, page: string, icons: Shell['icons']): void {
  const title = toTitle(alarm, page)
  useEffect(() => {
    document.title = title
  }, [title])

  const icon = alarm?.level === 'bad' ? icons.bad : alarm?.level === 'warning' ? icons.warning : undefined
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel~="icon"]')
    if (link === null || icon === undefined) return
    const calm = link.href
    link.href = icon
    return () => {
      link.href = calm
    }
  }, [icon])
}
