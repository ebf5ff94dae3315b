'use client'
// What every page knows: what the server says of itself, what the reader looks at, and whom that is about.
import { useMemo, useState } from 'react'
import type { Status } from '../_panels/use-status'
import { useStatus } from '../_panels/use-status'
import type { Target } from './chosen-target'
import { chosenMatchers, chosenTarget, togetherTargets } from './chosen-target'
import { useView } from './use-view'
import type { View } from './view'
import { shownTimeOf } from './view'

export type Page = {
  status: Status
  view: View
  changeView: (change: Partial<View>) => void
  chosen: Target | undefined
  /** Its label matchers. */
  matchers: string
  /** Its host and port. */
  target: string
  /** What gauges are added up of, such as `3 instances`; undefined where there is one. */
  sumOf: string | undefined
  isThisApp: boolean
  isDown: boolean
  rangeMs: number
  /** Where the time ends, if it stands still. */
  fixedMs: number | undefined
}

/** What is relative in a time that stands still counts from when the page was opened. */
export function usePage(): Page {
  const status = useStatus()
  const [openedMs] = useState(status.nowMs)
  const [view, changeView] = useView()
  const chosen = chosenTarget(status, view.target)
  const { rangeMs, endMs: fixedMs } = useMemo(() => shownTimeOf(view, openedMs), [view, openedMs])
  const thisApp = status.targets[0]
  return {
    status,
    view,
    changeView,
    chosen,
    matchers: chosenMatchers(status, view.target),
    sumOf: toSumOf(status, chosen),
    target: (chosen ?? thisApp)?.instance ?? 'localhost:3000',
    isThisApp: chosen === undefined || chosen === thisApp,
    isDown: chosen?.up === false,
    rangeMs,
    fixedMs,
  }
}

function toSumOf(status: Status, chosen: Target | undefined): string | undefined {
  if (status.source.kind === 'prometheus') return 'all instances'
  if (chosen === undefined) return `${togetherTargets(status).length} instances`
  const workers = chosen === status.targets[0] ? (status.workers?.running ?? 1) : 1
  return workers > 1 ? `${workers} workers` : undefined
}
