// What the page calls a target, and how it says that one is down.
import { toClock } from '../_format/time'
import type { Target } from '../_state/chosen-target'
import { togetherTargets } from '../_state/chosen-target'

/** All that can be added up. */
export function toTogetherWords(status: Parameters<typeof togetherTargets>[0]): string {
  return `all ${togetherTargets(status).length} together`
}

/** `this app localhost:3000`, or `orders 10.0.0.7:8000`. */
export function toTargetWords({ job, instance }: Pick<Target, 'job' | 'instance'>, isThisApp: boolean): string {
  return `${isThisApp ? 'this app' : job} ${instance}`
}

type Health = Pick<Target, 'up' | 'lastUpMs' | 'lastError'>

/**
 * `down: connection refused, last seen 14:02:11`; undefined unless the last scrape failed. Without `hasClock` the time
 * is left out: the server doesn't know the reader's time zone.
 */
export function toDownWords({ up, lastUpMs, lastError }: Health, hasClock: boolean): string | undefined {
  if (up !== false) return undefined
  const why = lastError === undefined ? 'down' : `down: ${lastError}`
  if (lastUpMs === undefined) return `${why}, never seen`
  return hasClock ? `${why}, last seen ${toClock(lastUpMs)}` : why
}
