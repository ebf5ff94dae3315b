// Wakes many without holding up anybody else: a thousand viewers are not told in one turn of the event loop.

/** How many are woken before other work of the process gets its turn: each is a write to a socket. */
const WOKEN_AT_ONCE = 16

/** `wake` must not throw. */
export type Wakeable = { wake(): void }

/** Gives what wakes somebody in a later turn, in the order of asking, and once however often it is asked before that. */
export function createSpread(): (one: Wakeable) => void {
  const due = new Set<Wakeable>()
  let isUnderWay = false

  function wakeSome(): void {
    let count = 0
    for (const one of due) {
      if (count++ === WOKEN_AT_ONCE) break
      due.delete(one)
      one.wake()
    }
    isUnderWay = due.size > 0
    if (isUnderWay) setImmediate(wakeSome)
  }

  return (one) => {
    due.add(one)
    if (isUnderWay) return
    isUnderWay = true
    setImmediate(wakeSome)
  }
}
