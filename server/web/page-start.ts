// The first data of a dashboard's page: everything that its first paint needs, so that it sends no requests before it.
import type { ExceptionGroup } from '../instrument/exception-log'
import { exceptionGroups } from '../instrument/exceptions'
import { processContext } from '../trpc/context'
import type { LiveQuestion } from '../trpc/live-answer'
import type { LiveMoment } from '../trpc/live-boards'
import type { Status } from '../trpc/status'
import { statusOf } from '../trpc/status'
import type { PageName } from './client-assets'

/** Where the page's server answers, as paths: the pages themselves, and what they ask. */
export type Doors = {
  pages: Readonly<Record<PageName, string>>
  trpc: string
  metrics: string
  prometheus: string
  logout?: string | undefined
}

/** Where the page stands. `ownRoutes` is a regular expression (RE2) of the route labels of Hearth itself. */
export type PagePlace = { doors: Doors; ownRoutes: string }

export type PageStart = PagePlace & {
  status: Status
  exceptions: readonly ExceptionGroup[]
  /** `moments` are events as JSON: text costs a page less than what it stands for. */
  live: { scrapeIntervalMs: number; initial: { question: LiveQuestion; moments: LiveMoment[] } }
}

/** Of a page whose questions are the reader's own, which the browser asks. */
export type StatusStart = PagePlace & { status: Status }

/** Throws while nothing is measured yet, as `processContext` does. */
export function statusStart(place: PagePlace): StatusStart {
  return { ...place, status: statusOf(processContext()) }
}

/**
 * The history is that of the question which `questionOf` gives. Throws while nothing is measured yet, as `processContext`
 * does.
 */
export async function pageStart(place: PagePlace, questionOf: (status: Status) => LiveQuestion): Promise<PageStart> {
  const context = processContext()
  const status = statusOf(context)
  const exceptions = exceptionGroups()
  const question = questionOf(status)
  const initial = { question, moments: await context.live.history(question) }
  // Of a server that was asked for the history it is known by now whether it answers. What is relative counts from the question.
  const known = { ...statusOf(context), nowMs: status.nowMs }
  return { ...place, status: known, exceptions, live: { scrapeIntervalMs: status.scrapeIntervalMs, initial } }
}

/** The place below `base`, the path at which the package answers: '' or `/shop/hearth`, without a slash at its end. */
export function placeBelow(base: string, isLoggedIn = false): PagePlace {
  // `/metrics` is the exposition.
  const pages = {
    overview: base || '/',
    explore: `${base}/explore`,
    metrics: `${base}/all-metrics`,
    boards: `${base}/boards`,
    errors: `${base}/errors`,
  }
  const doors = { pages, trpc: `${base}/api/trpc`, metrics: `${base}/metrics`, prometheus: `${base}/prometheus` }
  const logout = isLoggedIn ? `${base}/logout` : undefined
  return { doors: { ...doors, logout }, ownRoutes: OWN_ROUTES }
}

/** Hearth on whichever port, and static assets, whose answers from disk would flatter every percentile. */
const OWN_ROUTES = '\\(hearth\\)|/_next/\\*'
