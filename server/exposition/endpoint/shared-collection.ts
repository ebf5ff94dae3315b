// One collection for all scrapes that come while it runs: two scrapers cost as much as one.
import { unlessAborted } from '../../deadline'
import type { Snapshot } from '../snapshot'

export type SharedCollection = {
  /** The snapshot of the collection that runs, or of one that begins now. Rejects with the signal's reason. */
  join(signal: AbortSignal): Promise<Snapshot>
}

type Flight = { snapshot: Promise<Snapshot>; leave: AbortController; waiting: number }

/**
 * There is never more than one `collect` at a time. Its signal is aborted when nobody waits for it any more. Who comes
 * then, and it doesn't end, waits for its end first: a callback that hangs isn't called again and again.
 */
export function createSharedCollection(collect: (signal: AbortSignal) => Promise<Snapshot>): SharedCollection {
  let flight: Flight | undefined

  function begin(): Flight {
    const leave = new AbortController()
    const begun: Flight = { snapshot: collect(leave.signal), leave, waiting: 0 }
    const end = () => {
      if (flight === begun) flight = undefined
    }
    begun.snapshot.then(end, end)
    return begun
  }

  return {
    async join(signal) {
      signal.throwIfAborted()
      while (flight?.leave.signal.aborted) await unlessAborted(settled(flight.snapshot), signal)
      flight ??= begin()
      const joined = flight
      joined.waiting++
      try {
        return await unlessAborted(joined.snapshot, signal)
      } finally {
        joined.waiting--
        if (joined.waiting === 0) joined.leave.abort()
      }
    },
  }
}

const settled = (work: Promise<unknown>) => work.catch(() => undefined)
