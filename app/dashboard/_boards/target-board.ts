// A board of whatever a target exposes, for one that is no Hearth: a panel for each family, by its type. Its code comes when
// such a target is chosen.
import type { FamilySummary } from '@/server/trpc/families'
import { heatMap, isOfRuntime, isOverTime, percentiles, rate, value } from './family-panels'
import type { Place } from './panel'
import type { TargetBoard } from './scrape-board'
import { scrapeBoard } from './scrape-board'

/** More would be a wall, and each asks something at every tick. */
export const MOST_PANELS = 24

/** The scrape itself first, then what the program is about, and what its runtime says of itself last. */
export function toTargetBoard(families: readonly FamilySummary[]): TargetBoard {
  const ranked = [...families].sort((a, b) => Number(isOfRuntime(a)) - Number(isOfRuntime(b)))
  const places = ranked.map((family) => ({ family, place: toPlace(family) }))
  const drawable = places.flatMap(({ place }) => place ?? [])
  const drawn = new Set(drawable.slice(0, MOST_PANELS))
  return {
    ...scrapeBoard,
    places: [...scrapeBoard.places, ...drawn],
    rest: places.flatMap(({ family, place }) => (place !== undefined && drawn.has(place) ? [] : family.name)),
  }
}

/** Undefined for what says nothing over time: constants, moments, and what has no samples. */
function toPlace(family: FamilySummary): Place | undefined {
  const { metric, seriesCount, type } = family
  const base = metric.replace(/_bucket$/, '')
  if (seriesCount === 0 || type === 'stateset' || !isOverTime(family)) return undefined
  // Without a TYPE line a histogram's parts are families by themselves.
  if (type === 'histogram' || (type === 'unknown' && base !== metric)) return distribution({ ...family, metric: base })
  if (type === 'gaugehistogram') return { span: 6, panels: [heatMap(family, '')] }
  if (type === 'counter') return { span: 6, panels: [rate(family)] }
  return { span: 6, panels: [value(family)] }
}

/** Where nothing is observed at the moment, percentiles have no value, and a heat map has empty cells. */
const distribution = (family: FamilySummary): Place => ({
  span: 6,
  panels: [
    { ...percentiles(family), tab: 'Percentiles' },
    { ...heatMap(family, '[$__rate_interval]'), tab: 'Heat map' },
  ],
})
