'use client'
// React's side of the shared cursor.
import { createContext, use, useSyncExternalStore } from 'react'
import type { Cursor, CursorStore } from './cursor'
import { createCursor } from './cursor'

export const CursorContext = createContext<CursorStore>(createCursor())

export const useCursorStore = (): CursorStore => use(CursorContext)

/** The cursor, or null where the reader points at nothing. Renders the component again when it moves. */
export function useCursor(): Cursor | null {
  const store = useCursorStore()
  return useSyncExternalStore(store.subscribe, store.get, () => null)
}
