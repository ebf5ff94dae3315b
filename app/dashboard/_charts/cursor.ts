// The moment that the reader points at, shared by all charts: a value with listeners, without React.

/** `chart` is the one under the pointer or the focus: it says the numbers, the others only mark the moment. */
export type Cursor = { timeMs: number; chart: string }

export type CursorStore = {
  get(): Cursor | null
  set(cursor: Cursor | null): void
  /** Calls `listener` after every change; returns its unsubscribe. */
  subscribe(listener: () => void): () => void
}

export function createCursor(): CursorStore {
  let current: Cursor | null = null
  const listeners = new Set<() => void>()
  return {
    get: () => current,
    set(cursor) {
      if (cursor?.timeMs === current?.timeMs && cursor?.chart === current?.chart) return
      current = cursor
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
