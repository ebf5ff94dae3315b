// Wakes many viewers without blocking the event loop: not a thousand of them in one turn.

/** For so long are some of them woken, what they do then included, before other work of the process gets its turn. */
const SLICE_MS = 4

/** `wake` must not throw. */
export type Wakeable = { wake(): void }

/** Gives what wakes somebody in a later turn, in the order of asking, and once however often it is asked before that. */
export function createSpread(): (one: Wakeable) => void {
  const due = new Set<Wakeable>()
  let isUnderWay = false
  let endMs = 0

  function beginTurn(): void {
    endMs = performance.now() + SLICE_MS
    wakeOne()
  }

  function wakeOne(): void {
    for (const one of due) {
      due.delete(one)
      one.wake()
      break
    }
    isUnderWay = due.size > 0
    // A tick that a microtask asks for comes after all microtasks: what was woken has written by then.
    if (isUnderWay) queueMicrotask(() => process.nextTick(goOn))
  }

  function goOn(): void {
    if (performance.now() < endMs) wakeOne()
    else setImmediate(beginTurn)
  }

  return (one) => {
    due.add(one)
    if (isUnderWay) return
    isUnderWay = true
    setImmediate(beginTurn)
  }
}
