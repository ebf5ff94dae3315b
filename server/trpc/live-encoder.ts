// Turns the answers of one moment into a LiveEvent, remembering which series this stream has named.
import type { LiveAnswer } from './live-answer'
import type { LiveEvent } from './live-event'
import { toWire } from './wire-value'

/** One encoder belongs to one stream; a reset event starts its names afresh. */
export function createLiveEncoder(): (answer: LiveAnswer, isReset: boolean) => LiveEvent {
  let ids = new Map<string, number>()

  return ({ timesMs, results }, isReset) => {
    if (isReset) ids = new Map()
    const event: LiveEvent = { isReset, timesMs, named: [], values: [], errors: [] }
    for (const [query, result] of results.entries()) {
      if ('error' in result) {
        event.errors.push({ query, message: result.error })
        continue
      }
      for (const { key, labels, values } of result.series) {
        const name = `${query} ${key}`
        let id = ids.get(name)
        if (id === undefined) {
          id = ids.size
          ids.set(name, id)
          event.named.push({ id, query, labels })
        }
        event.values.push({ id, points: values.map((value) => (value === null ? null : toWire(value))) })
      }
    }
    return event
  }
}
