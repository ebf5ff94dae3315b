// The places for scrapes: only so many answers are made at a time, each for only so long, and only so many wait to be
// read. A place is for making an answer: who doesn't read keeps nobody from scraping.
import type { Gauge } from '../../instrument/metric-types'

/** A scrape that has a place. */
export type ScrapeUnderWay = {
  /** Aborted when the client has left, when the time is up, when others need the memory, and at the end. */
  signal: AbortSignal
  isOverTime(): boolean
  /**
   * The answer is made, or more of it was read. The first call gives the place back. Of the answers that are not read to
   * their end, the one whose last call is the longest ago makes way where there are too many.
   */
  handOver(): void
  /** At the first call it is over; a scrape whose client has left or whose time is up has ended already. */
  end(): void
}

export type ScrapeSlots = {
  /** `client` is aborted when the client leaves. Undefined where all places are taken. */
  take(client: AbortSignal, budgetMs: number): ScrapeUnderWay | undefined
}

/** At most `limit` answers are made at a time, and `unreadLimit` kept. `inFlight` counts both. */
export function createScrapeSlots(limit: number, unreadLimit: number, inFlight: Gauge): ScrapeSlots {
  let making = 0
  /** How each of them is ended, the one that was read last behind the others. */
  const unread = new Set<() => void>()

  return {
    take(client, budgetMs) {
      if (making >= limit) return undefined
      making++
      inFlight.inc()
      const controller = new AbortController()
      let isOverTime = false
      const end = () => {
        if (controller.signal.aborted) return
        clearTimeout(timer)
        client.removeEventListener('abort', end)
        if (!unread.delete(end)) making--
        inFlight.dec()
        controller.abort()
      }
      const handOver = () => {
        if (controller.signal.aborted) return
        if (!unread.delete(end)) making--
        unread.add(end)
        const [longest] = unread
        if (unread.size > unreadLimit) longest?.()
      }
      const timer = setTimeout(() => {
        isOverTime = true
        end()
      }, budgetMs)
      timer.unref()
      client.addEventListener('abort', end)
      if (client.aborted) end()
      return { signal: controller.signal, isOverTime: () => isOverTime, handOver, end }
    },
  }
}
