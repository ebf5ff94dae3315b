// What a page asks when it is opened with a URL: the server has the answer ready, so that the first paint has it.
import type { LiveQuestion } from '@/server/trpc/live-answer'
import type { BoardExprs } from './_boards/board-exprs'
import { boardExprs } from './_boards/board-exprs'
import { errorsExprs, readOpen } from './_boards/errors'
import { overview } from './_boards/overview'
import { scrapeBoard } from './_boards/scrape-board'
import type { Variables } from './_boards/substitute'
import { chosenMatchers, chosenTarget } from './_state/chosen-target'
import { toVariables } from './_state/to-variables'
import type { Query } from './_state/view'
import { parseView, shownTimeOf } from './_state/view'

type Known = Parameters<typeof chosenTarget>[0] & { scrapeIntervalMs: number; nowMs: number }

/** The same question as Overview asks in the browser: another one would be answered in vain. */
export function viewQuestion(query: Query, status: Known, ownRoutes: string): LiveQuestion {
  return questionOf(query, status, ownRoutes, (variables, chosen) =>
    boardExprs(chosen?.isHearth === false ? scrapeBoard : overview, variables),
  )
}

/** The same of Errors. */
export function errorsQuestion(query: Query, status: Known, ownRoutes: string): LiveQuestion {
  const open = readOpen([query.open].flat()[0])
  return questionOf(query, status, ownRoutes, (variables) => errorsExprs(variables, open))
}

function questionOf(
  query: Query,
  status: Known,
  ownRoutes: string,
  exprsOf: (variables: Variables, chosen: ReturnType<typeof chosenTarget>) => BoardExprs,
): LiveQuestion {
  const view = parseView(query)
  const chosen = chosenTarget(status, view.target)
  const { rangeMs, endMs } = shownTimeOf(view, status.nowMs)
  const matchers = chosenMatchers(status, view.target)
  const variables = toVariables({ ...view, rangeMs }, status.scrapeIntervalMs, matchers, ownRoutes)
  const question = { ...exprsOf(variables, chosen), rangeMs, stepMs: variables.stepMs }
  return endMs === undefined ? question : { ...question, endMs }
}
