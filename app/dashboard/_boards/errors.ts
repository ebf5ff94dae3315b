// The page of errors: which panels it has, and what it asks. A group that is open has the panels of its route beside it.
import type { BoardExprs } from './board-exprs'
import { boardExprs, panelExprs } from './board-exprs'
import { byStatus, exceptions, overview, percentiles } from './overview'
import type { Board, Panel } from './panel'
import type { Variables } from './substitute'

/** Of exceptions with the same labels. */
export type GroupName = { error: string; kind: string; route: string }

const COUNTED = 'exceptions_total{$target,route=~"$route"}'

export const rateByClass: Panel = {
  id: 'exceptions-rate',
  title: 'Exceptions',
  subtitle: 'per second over $window, by class',
  unit: 'perSecond',
  help: 'Exceptions per second that pages, handlers, actions, the proxy and tRPC procedures threw, stacked by class.',
  empty: 'None in the last $range.',
  chart: 'stack',
  queries: [{ expr: `sum by (error) (rate(${COUNTED}[$__rate_interval]))`, legend: '{{error}}' }],
}

/** Its first query counts, its second has the rates. */
export const groups: Panel = {
  ...exceptions,
  title: 'Groups',
  subtitle: 'by class and route, since the start',
  queries: [
    ...exceptions.queries,
    { expr: `sum by (error, kind, route) (rate(${COUNTED}[$__rate_interval]))`, legend: '{{error}} {{route}}' },
  ],
}

export const errorsBoard: Board = {
  id: 'errors',
  title: 'Errors',
  annotations: overview.annotations,
  places: [
    { span: 12, panels: [rateByClass] },
    { span: 12, panels: [groups] },
  ],
}

/** The panels of the route of a group that is open. */
export const ofRoute: readonly [Panel, Panel] = [withoutTab(byStatus), percentiles]

/** Of `ofRoute`: one route, whoever it belongs to. */
export function routeVariables(variables: Variables, { route }: GroupName): Variables {
  return { ...variables, route, own: '' }
}

/** All that the page asks, with `open` what is open on it. */
export function errorsExprs(variables: Variables, open: GroupName | undefined): BoardExprs {
  const { exprs, instantExprs } = boardExprs(errorsBoard, variables)
  if (open === undefined) return { exprs, instantExprs }
  const more = ofRoute.flatMap((panel) => panelExprs(panel, routeVariables(variables, open)))
  return { exprs: [...new Set([...exprs, ...more])], instantExprs }
}

/** What was there in the time that is remembered: a point is there as soon as one sample of its step is. */
export const HISTORY = `sum by (error, kind, route) (max_over_time(exceptions_total{$target}[$__interval]))`

/** A group in the URL: its kind, class and route, of which only the last may have spaces. */
export function toOpen({ error, kind, route }: GroupName): string {
  return `${kind} ${error} ${route}`
}

/** Undefined for what is no group. */
export function readOpen(text: string | undefined): GroupName | undefined {
  const [, kind, error, route] = /^(\w{1,20}) (\S{1,80}) (.{1,500})$/s.exec(text ?? '') ?? []
  return kind === undefined || error === undefined || route === undefined ? undefined : { error, kind, route }
}

function withoutTab({ tab: _, ...panel }: Panel): Panel {
  return panel
}
