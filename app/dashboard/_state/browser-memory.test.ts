import { afterEach, expect, test, vi } from 'vitest'
import { createMemory } from './browser-memory'

afterEach(() => vi.unstubAllGlobals())

test('what a full storage does not take lasts as long as the page', () => {
  const stored = new Map<string, string>()
  let isFull = false
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem(key: string, text: string) {
      if (isFull) throw new DOMException('full', 'QuotaExceededError')
      stored.set(key, text)
    },
  })
  const memory = createMemory('key')
  memory.write('old')
  isFull = true
  memory.write('new')
  expect([memory.read(), stored.get('key')]).toEqual(['new', 'old'])
  isFull = false
  memory.write('newest')
  expect([memory.read(), stored.get('key')]).toEqual(['newest', 'newest'])
})
