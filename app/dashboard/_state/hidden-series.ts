'use client'
// Which series of a chart the reader has hidden. The browser remembers it, for every page and tab of this origin.
import { useMemo, useSyncExternalStore } from 'react'
import { createMemory } from './browser-memory'

/** Of one chart. Series come and go: what was hidden first is shown again. */
const MOST_HIDDEN = 100

/** By the id of the panel, the keys of its lines. */
type Hidden = Record<string, readonly string[]>

const memory = createMemory('hearth.hidden')

export type HiddenSeries = {
  keys: ReadonlySet<string>
  toggle(key: string): void
  /** Only this one of `all`; all of them where it is alone already. */
  isolate(key: string, all: readonly string[]): void
}

export function useHiddenSeries(panel: string): HiddenSeries {
  const text = useSyncExternalStore(memory.subscribe, memory.read, () => '')
  return useMemo(() => {
    const keys: ReadonlySet<string> = new Set(parse(text)[panel])
    const hide = (next: Iterable<string>) => write({ ...parse(memory.read()), [panel]: [...next].slice(-MOST_HIDDEN) })
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

function write(hidden: Hidden): void {
  const some = Object.entries(hidden).filter(([, keys]) => keys.length > 0)
  memory.write(JSON.stringify(Object.fromEntries(some)))
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
