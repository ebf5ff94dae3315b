// Limits how often wrong credentials are tried: per address, and in total.

const WINDOW_MS = 60_000
/** How many in that time, of one address. */
export const MOST_ATTEMPTS = 10
/** How many of all addresses: whoever has many gains nothing by them. */
const MOST_ATTEMPTS_OF_ALL = 300
/** Of so many addresses are attempts counted by themselves. */
const MOST_ADDRESSES = 1_000

export type FailedAttempts = {
  /** Seconds to wait before the next attempt is looked at; 0 where it may be made now. */
  waitSeconds(address: string): number
  add(address: string): void
}

export function createFailedAttempts(nowMs: () => number = () => performance.now()): FailedAttempts {
  let begunMs = nowMs()
  let ofAll = 0
  const byAddress = new Map<string, number>()

  function renew(): void {
    if (nowMs() - begunMs < WINDOW_MS) return
    begunMs = nowMs()
    ofAll = 0
    byAddress.clear()
  }

  return {
    waitSeconds(address) {
      renew()
      const isOver = (byAddress.get(address) ?? 0) >= MOST_ATTEMPTS || ofAll >= MOST_ATTEMPTS_OF_ALL
      return isOver ? Math.max(1, Math.ceil((begunMs + WINDOW_MS - nowMs()) / 1000)) : 0
    },
    add(address) {
      renew()
      ofAll++
      if (byAddress.size < MOST_ADDRESSES || byAddress.has(address)) {
        byAddress.set(address, (byAddress.get(address) ?? 0) + 1)
      }
    },
  }
}
