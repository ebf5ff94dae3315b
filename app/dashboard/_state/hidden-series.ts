'use client'
// Which series of a chart the reader has hidden. The browser remembers it, for every page and tab of this origin.
import { useMemo, useSyncExternalStore } from 'react'

const STORAGE_KEY = 'hearth.hidden'

/** Of one chart. Series come and go: what was hidden first is shown again. */
const MOST_HIDDEN = 100

/** By the id of the panel, the keys of its lines. */
type Hidden = Record<string, readonly string[]>

const listeners = new Set<() => void>()
/** What is remembered where storage is forbidden: as long as the page. */
let kept = ''

export type HiddenSeries = {
  keys: ReadonlySet<string>
  toggle(key: string): void
  /** Only this one of `all`; all of them where it is alone already. */
  isolate(key: string, all: readonly string[]): void
}

export function useHiddenSeries(panel: string): HiddenSeries {
  const text = useSyncExternalStore(subscribe, read, () => '')
  return useMemo(() => {
    const keys: ReadonlySet<string> = new Set(parse(text)[panel])
    const hide = (next: Iterable<string>) => write({ ...parse(read()), [panel]: [...next].slice(-MOST_HIDDEN) })
    return {
      keys,
      toggle: (key) => hide(toggled(keys, key)),
      isolate: (key, all) => hide(isolated(keys, key, all)),
    }
  }, [text, panel])
}

export function toggled(hidden: ReadonlySet<string>, key: string): string[] {
  const others = [...hidden].filter((other) => other !== key)
  return hidden.has(key) ? others : [...others, key]
}

export function isolated(hidden: ReadonlySet<string>, key: string, all: readonly string[]): string[] {
  const others = all.filter((other) => other !== key)
  const isAlone = !hidden.has(key) && others.every((other) => hidden.has(other))
  return isAlone ? [] : others
}

function subscribe(listener: () => void): () => void {
  const follow = (event: StorageEvent) => event.key === STORAGE_KEY && listener()
  listeners.add(listener)
  window.addEventListener('storage', follow)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', follow)
  }
}

function read(): string {
  try {
    return localStorage.getItem(STORAGE_KEY) ?? ''
  } catch {
    return kept
  }
}

function write(hidden: Hidden): void {
  const some = Object.entries(hidden).filter(([, keys]) => keys.length > 0)
  kept = JSON.stringify(Object.fromEntries(some))
  try {
    localStorage.setItem(STORAGE_KEY, kept)
  } catch {
    // Forbidden, or full: the choice lasts as long as the page.
  }
  for (const listener of listeners) listener()
}

/** What somebody else has written there is nothing. */
export function parse(text: string): Hidden {
  try {
    const found: unknown = JSON.parse(text)
    const entries = Object.entries(typeof found === 'object' && found !== null ? found : {})
    const isList = (keys: unknown): keys is string[] =>
      Array.isArray(keys) && keys.every((key) => typeof key === 'string')
    return Object.fromEntries(entries.flatMap(([panel, keys]) => (isList(keys) ? [[panel, keys]] : [])))
  } catch {
    return {}
  }
}
