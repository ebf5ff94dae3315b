// What the reader asks in Explore, as its URL has it beside the view (view.ts). All pages write such URLs, Explore reads them.

/** As Prometheus's own page has it in its URLs: `g0.expr`. */
export type ExploreQuery = {
  expr: string
  /** `{{route}}` stands for a label's value; empty for the name and all labels. */
  legend: string
  isOff: boolean
}

export type ExploreView = {
  queries: readonly ExploreQuery[]
  show: 'graph' | 'table' | 'explain'
  /** auto: as the answer's shape wants it. */
  drawing: 'auto' | 'lines' | 'stack' | 'heatmap' | 'bars' | 'number'
  unit: 'plain' | 'seconds' | 'bytes' | 'percent'
  /** A resolution, or a step in milliseconds. */
  step: 'coarse' | 'auto' | 'fine' | number
}

export const MOST_QUERIES = 8

const OURS = /^(?:g\d+\.\w+|show|chart|unit|step)$/

/** The query with another question in it, with its `?`; what `search` has of others is kept. Defaults are left out. */
export function toExploreQuery({ queries, show, drawing, unit, step }: ExploreView, search: string): string {
  const query = new URLSearchParams(search)
  for (const name of [...query.keys()]) if (OURS.test(name)) query.delete(name)
  for (const [i, { expr, legend, isOff }] of queries.slice(0, MOST_QUERIES).entries()) {
    // An empty one beside others keeps its place.
    if (expr !== '' || queries.length > 1) query.set(`g${i}.expr`, expr)
    if (legend !== '') query.set(`g${i}.legend`, legend)
    if (isOff) query.set(`g${i}.off`, '1')
  }
  if (show !== 'graph') query.set('show', show)
  if (drawing !== 'auto') query.set('chart', drawing)
  if (unit !== 'plain') query.set('unit', unit)
  if (step !== 'auto') query.set('step', typeof step === 'number' ? `${step / 1000}s` : step)
  return query.size === 0 ? '' : `?${query}`
}
