// Which format a scraper gets, by its Accept header.
import type { ExpositionFormat } from '../format'
import { OPENMETRICS_CONTENT_TYPE, PROMETHEUS_CONTENT_TYPE } from '../format'
import type { MediaRange } from './media-ranges'
import { parseAccept } from './media-ranges'

export type NegotiatedFormat = { format: ExpositionFormat; contentType: string }

/** What can be had. */
type Offer = NegotiatedFormat & {
  /** How closely a range names it: the most for its type and version, undefined where it doesn't. */
  match(range: MediaRange): number | undefined
}

/** How closely a range without wildcards matches at least. */
const NAMED = 2

const TEXT: Offer = {
  format: 'prometheus',
  contentType: PROMETHEUS_CONTENT_TYPE,
  match({ type, version }) {
    if (type === '*/*') return 0
    if (type === 'text/*') return 1
    // The text format 1.0.0 is 0.0.4 with quoted names as well, so who reads it reads this.
    return type === 'text/plain' && isAnyOf(version, '0.0.4', '1.0.0') ? specificity(version) : undefined
  },
}

const OPENMETRICS: Offer = {
  format: 'openmetrics',
  contentType: OPENMETRICS_CONTENT_TYPE,
  match: matchOpenMetrics('1.0.0'),
}

/** The draft before OpenMetrics 1.0.0, for those who ask for no other: the same text, by the name that they know. */
const OPENMETRICS_DRAFT: Offer = {
  format: 'openmetrics',
  contentType: OPENMETRICS_CONTENT_TYPE.replace('1.0.0', '0.0.1'),
  match: matchOpenMetrics('0.0.1'),
}

const OFFERS = [OPENMETRICS, OPENMETRICS_DRAFT, TEXT]

/**
 * The offer of the highest quality (RFC 9110, 12.5.1): each counts with that of the range that names it most closely.
 * Of equal ones the first named wins, and a named one before one that only a wildcard covers. OpenMetrics must be named:
 * who takes anything, as curl and browsers do, gets the text format 0.0.4, and so does who takes neither.
 */
export function negotiateFormat(accept: string | null): NegotiatedFormat {
  const ranges = parseAccept(accept)
  const wanted = OFFERS.flatMap((offer) => {
    const { range, closeness, place } = closest(offer, ranges)
    return range !== undefined && range.quality > 0 ? [{ offer, quality: range.quality, closeness, place }] : []
  })
  const isNamed = (closeness: number) => Number(closeness >= NAMED)
  wanted.sort((a, b) => b.quality - a.quality || isNamed(b.closeness) - isNamed(a.closeness) || a.place - b.place)
  const { format, contentType } = wanted[0]?.offer ?? TEXT
  return { format, contentType }
}

/** The range that names the offer most closely, and of several the one with the highest quality. */
function closest({ match }: Offer, ranges: readonly MediaRange[]) {
  let best: { range: MediaRange | undefined; closeness: number; place: number } = {
    range: undefined,
    closeness: -1,
    place: 0,
  }
  for (const [place, range] of ranges.entries()) {
    const closeness = match(range) ?? -1
    const isCloser = closeness - best.closeness || range.quality - (best.range?.quality ?? 0)
    if (closeness >= 0 && isCloser > 0) best = { range, closeness, place }
  }
  return best
}

function matchOpenMetrics(own: string) {
  return ({ type, version }: MediaRange) =>
    type === 'application/openmetrics-text' && isAnyOf(version, own) ? specificity(version) : undefined
}

/** No version means any. */
const isAnyOf = (version: string | undefined, ...known: string[]) => version === undefined || known.includes(version)

const specificity = (version: string | undefined) => (version === undefined ? NAMED : NAMED + 1)
