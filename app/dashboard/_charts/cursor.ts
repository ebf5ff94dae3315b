// What the reader does on the charts over time, which share it: the moment pointed at, and the window that is drawn.

/**
 * `chart` is the one under the pointer or the focus: it says the numbers, the others only mark the moment. A pinned cursor
 * stays at its moment, and another chart says its own numbers of that when the reader goes there.
 */
export type Cursor = { timeMs: number; chart: string; isPinned: boolean }

export type CursorStore = {
  get(): Cursor | null
  set(cursor: Omit<Cursor, 'isPinned'> | null): void
  /** Stays there until it is pinned elsewhere, or freed by null. */
  pin(cursor: Omit<Cursor, 'isPinned'> | null): void
  /** Calls `listener` after every change; returns its unsubscribe. */
  subscribe(listener: () => void): () => void
  /** Shows the time between two moments. */
  zoom(fromMs: number, toMs: number): void
}

export function createCursor(zoom: CursorStore['zoom'] = () => {}): CursorStore {
  let current: Cursor | null = null
  const listeners = new Set<() => void>()

  function put(next: Cursor | null): void {
    const isSame = next?.timeMs === current?.timeMs && next?.chart === current?.chart
    if (isSame && next?.isPinned === current?.isPinned) return
    current = next
    for (const listener of listeners) listener()
  }

  return {
    get: () => current,
    set(cursor) {
      if (current?.isPinned !== true) put(cursor && { ...cursor, isPinned: false })
      else if (cursor !== null) put({ ...current, chart: cursor.chart })
    },
    pin: (cursor) => put(cursor && { ...cursor, isPinned: true }),
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    zoom,
  }
}
