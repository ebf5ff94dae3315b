'use client'
// A text that the browser remembers, for every page and tab of this origin; where storage is forbidden or full, as long as the
// page.

export type BrowserMemory = {
  read(): string
  write(text: string): void
  /** Calls `listener` after every change, in whichever tab; returns its unsubscribe. */
  subscribe(listener: () => void): () => void
}

/** Of the text under `key`; '' where there is none. */
export function createMemory(key: string): BrowserMemory {
  const listeners = new Set<() => void>()
  /** What the storage didn't take. */
  let kept: string | undefined

  function read(): string {
    if (kept !== undefined) return kept
    try {
      return localStorage.getItem(key) ?? ''
    } catch {
      return ''
    }
  }

  return {
    read,
    write(text) {
      kept = undefined
      try {
        localStorage.setItem(key, text)
      } catch {
        kept = text
      }
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      const follow = (event: StorageEvent) => event.key === key && listener()
      listeners.add(listener)
      window.addEventListener('storage', follow)
      return () => {
        listeners.delete(listener)
        window.removeEventListener('storage', follow)
      }
    },
  }
}
