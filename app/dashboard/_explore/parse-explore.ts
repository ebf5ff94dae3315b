// Reads what is asked in Explore from its URL.
import type { ExploreQuery, ExploreView } from '../_state/explore-query'
import { MOST_QUERIES } from '../_state/explore-query'

/** Names in the URL, the default first. */
export const SHOWS = ['graph', 'table', 'explain'] as const satisfies readonly ExploreView['show'][]
export const DRAWINGS = [
  'auto',
  'lines',
  'stack',
  'heatmap',
  'bars',
  'number',
] as const satisfies readonly ExploreView['drawing'][]
export const UNITS = ['plain', 'seconds', 'bytes', 'percent'] as const satisfies readonly ExploreView['unit'][]
const RESOLUTIONS = ['auto', 'coarse', 'fine'] as const satisfies readonly ExploreView['step'][]

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

/** What is missing or makes no sense is the default. */
export function parseExplore(query: URLSearchParams): ExploreView {
  const queries = PLACES.flatMap((place): ExploreQuery[] => {
    const expr = query.get(`${place}.expr`)
    if (expr === null || expr.length > LONGEST_EXPR) return []
    const legend = query.get(`${place}.legend`)?.slice(0, LONGEST_LEGEND) ?? ''
    return [{ expr, legend, isOff: query.get(`${place}.off`) === '1' }]
  })
  return {
    queries: queries.length > 0 ? queries : DEFAULT_EXPLORE.queries,
    show: oneOf(SHOWS, query.get('show')),
    drawing: oneOf(DRAWINGS, query.get('chart')),
    unit: oneOf(UNITS, query.get('unit')),
    step: readStepMs(query.get('step')) ?? oneOf(RESOLUTIONS, query.get('step')),
  }
}

const PLACES = Array.from({ length: MOST_QUERIES }, (_, i) => `g${i}`)
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
