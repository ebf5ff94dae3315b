// How far apart the points of a chart are.

/** About as many as a chart is wide enough for, and cheap enough to draw each second. */
const MOST_POINTS = 300

const STEPS_S = [1, 2, 3, 5, 10, 12, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600]

/** The shortest round step that keeps `rangeMs` within so many points and is no shorter than the scrape interval. */
export function stepMsFor(rangeMs: number, scrapeIntervalMs: number, mostPoints = MOST_POINTS): number {
  const atLeastMs = Math.max(rangeMs / mostPoints, scrapeIntervalMs)
  const roundS = STEPS_S.find((stepS) => stepS * 1000 >= atLeastMs)
  if (scrapeIntervalMs < 1000 && rangeMs / scrapeIntervalMs <= mostPoints) return scrapeIntervalMs
  return roundS === undefined ? Math.ceil(atLeastMs / 3_600_000) * 3_600_000 : roundS * 1000
}
