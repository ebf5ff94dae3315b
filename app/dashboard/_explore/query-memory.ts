'use client'
// The queries that this browser remembers: those that were asked last, and those with a star.
import { useMemo, useSyncExternalStore } from 'react'
import { createMemory } from '../_state/browser-memory'

export type Remembered = { recent: readonly string[]; starred: readonly string[] }

const MOST_RECENT = 50
const MOST_STARRED = 100

const memory = createMemory('hearth.queries')

export function useQueryMemory() {
  const text = useSyncExternalStore(memory.subscribe, memory.read, () => '')
  return useMemo(() => {
    const change = (next: (before: Remembered) => Remembered) =>
      memory.write(JSON.stringify(next(parse(memory.read()))))
    return {
      ...parse(text),
      remember: (exprs: readonly string[]) => change((before) => withAsked(before, exprs)),
      toggleStar: (expr: string) => change((before) => withStar(before, expr)),
    }
  }, [text])
}

/** The newest first, each once. */
export function withAsked({ recent, starred }: Remembered, exprs: readonly string[]): Remembered {
  const asked = exprs.map((expr) => expr.trim()).filter((expr) => expr !== '')
  return { recent: [...new Set([...asked, ...recent])].slice(0, MOST_RECENT), starred }
}

export function withStar({ recent, starred }: Remembered, expr: string): Remembered {
  const others = starred.filter((other) => other !== expr)
  return { recent, starred: starred.includes(expr) ? others : [expr, ...others].slice(0, MOST_STARRED) }
}

/** What somebody else has written there is nothing. */
export function parse(text: string): Remembered {
  try {
    const found: unknown = JSON.parse(text)
    const listOf = (name: keyof Remembered): string[] => {
      const list: unknown = typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined
      return Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string') : []
    }
    return { recent: listOf('recent'), starred: listOf('starred') }
  } catch {
    return { recent: [], starred: [] }
  }
}
