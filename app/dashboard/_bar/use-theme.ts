'use client'
// The document's theme: the attribute on <html> is the truth, and the browser's storage remembers it.
import { useCallback, useSyncExternalStore } from 'react'

export type Theme = 'system' | 'light' | 'dark'

/** The server can't know it and says `system`. Another tab's choice is followed. */
export function useTheme(storageKey: string): [Theme, (theme: Theme) => void] {
  const subscribe = useCallback(
    (listener: () => void) => {
      const follow = (event: StorageEvent) => event.key === storageKey && wear(parseTheme(event.newValue))
      const observer = new MutationObserver(listener)
      observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
      window.addEventListener('storage', follow)
      return () => {
        observer.disconnect()
        window.removeEventListener('storage', follow)
      }
    },
    [storageKey],
  )
  const theme = useSyncExternalStore(
    subscribe,
    () => parseTheme(document.documentElement.dataset.theme),
    () => 'system' as const,
  )
  const choose = useCallback(
    (chosen: Theme) => {
      wear(chosen)
      try {
        if (chosen === 'system') localStorage.removeItem(storageKey)
        else localStorage.setItem(storageKey, chosen)
      } catch {
        // Storage may be forbidden: the choice then lasts as long as the page.
      }
    },
    [storageKey],
  )
  return [theme, choose]
}

function wear(theme: Theme) {
  document.documentElement.dataset.theme = theme
}

function parseTheme(text: string | null | undefined): Theme {
  return text === 'light' || text === 'dark' ? text : 'system'
}
