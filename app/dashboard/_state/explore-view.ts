// What the reader asks in Explore, and how the answer is shown. It lives in the URL beside the view (view.ts), so that a link
// shows the same; other pages link here with their own questions.

/** As Prometheus's own page has it in its URLs: `g0.expr`. */
export type ExploreQuery = {
  expr: string
  /** `{{route}}` stands for a label's value; empty for the name and all labels. */
  legend: string
  isOff: boolean
}

/** Names of the answer's views, of which the first is the default. */
export const SHOWS = ['graph', 'table'] as const
export type Show = (typeof SHOWS)[number]

/** auto: as the answer's shape wants it. */
export const DRAWINGS = ['auto', 'lines', 'stack', 'heatmap', 'bars', 'number'] as const
export type Drawing = (typeof DRAWINGS)[number]

export const UNITS = ['plain', 'seconds', 'bytes', 'percent'] as const
export type ExploreUnit = (typeof UNITS)[number]

/** Points in the whole range at most, by the name of a resolution. */
export const RESOLUTIONS = { coarse: 75, auto: 300, fine: 1200 } as const
export type Resolution = keyof typeof RESOLUTIONS
const RESOLUTION_NAMES = ['coarse', 'auto', 'fine'] as const satisfies readonly Resolution[]

export type ExploreView = {
  queries: readonly ExploreQuery[]
  show: Show
  drawing: Drawing
  unit: ExploreUnit
  /** A resolution, or a step in milliseconds. */
  step: Resolution | number
}

export const MOST_QUERIES = 8
/** Of an expression, in characters: Node takes URLs of 16 KB. */
const LONGEST_EXPR = 8_000
const LONGEST_LEGEND = 200
const LONGEST_STEP_MS = 366 * 86_400_000

export const NO_QUERY: ExploreQuery = { expr: '', legend: '', isOff: false }

export const DEFAULT_EXPLORE: ExploreView = {
  queries: [NO_QUERY],
  show: 'graph',
  drawing: 'auto',
  unit: 'plain',
  step: 'auto',
}

/** Reads a URL's query. What is missing or makes no sense is the default. */
export function parseExplore(query: URLSearchParams): ExploreView {
  const queries = PLACES.flatMap((place): ExploreQuery[] => {
    const expr = query.get(`${place}.expr`)
    if (expr === null || expr.length > LONGEST_EXPR) return []
    const legend = query.get(`${place}.legend`)?.slice(0, LONGEST_LEGEND) ?? ''
    return [{ expr, legend, isOff: query.get(`${place}.off`) === '1' }]
  })
  const step = query.get('step')
  return {
    queries: queries.length > 0 ? queries : DEFAULT_EXPLORE.queries,
    show: oneOf(SHOWS, query.get('show')),
    drawing: oneOf(DRAWINGS, query.get('chart')),
    unit: oneOf(UNITS, query.get('unit')),
    step: readStepMs(step) ?? RESOLUTION_NAMES.find((name) => name === step) ?? 'auto',
  }
}

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

const PLACES = Array.from({ length: MOST_QUERIES }, (_, i) => `g${i}`)
const OURS = /^(?:g\d+\.\w+|show|chart|unit|step)$/
const STEP_UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** The milliseconds of `15s`, `1m`, `500ms`; undefined for every other text, and for none. */
function readStepMs(text: string | null): number | undefined {
  const [, count = '', unit = ''] = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)$/.exec(text ?? '') ?? []
  const ms = Math.round(Number(count) * (STEP_UNITS_MS[unit] ?? 0))
  return ms > 0 && ms <= LONGEST_STEP_MS ? ms : undefined
}

function oneOf<Name extends string>(names: readonly [Name, ...Name[]], text: string | null): Name {
  return names.find((name) => name === text) ?? names[0]
}
