// The places for scrapes: only so many are under way at a time, each for only so long.
import type { Gauge } from '../../instrument/metric-types'

/** A scrape that has a place. */
export type ScrapeUnderWay = {
  /** Aborted when the client has left, when the time is up, and at the end. */
  signal: AbortSignal
  isOverTime(): boolean
  /** Gives the place back, at the first call; a scrape whose client has left or whose time is up has ended already. */
  end(): void
}

export type ScrapeSlots = {
  /** `client` is aborted when the client leaves. Undefined where all places are taken. */
  take(client: AbortSignal, budgetMs: number): ScrapeUnderWay | undefined
}

/** `inFlight` counts the places that are taken. */
export function createScrapeSlots(limit: number, inFlight: Gauge): ScrapeSlots {
  let taken = 0

  return {
    take(client, budgetMs) {
      if (taken >= limit) return undefined
      taken++
      inFlight.inc()
      const controller = new AbortController()
      let isOverTime = false
      const end = () => {
        if (controller.signal.aborted) return
        clearTimeout(timer)
        client.removeEventListener('abort', end)
        taken--
        inFlight.dec()
        controller.abort()
      }
      const timer = setTimeout(() => {
        isOverTime = true
        end()
      }, budgetMs)
      timer.unref()
      client.addEventListener('abort', end)
      if (client.aborted) end()
      return { signal: controller.signal, isOverTime: () => isOverTime, end }
    },
  }
}
