import { expect, test, vi } from 'vitest'
import { createCursor } from './cursor'

test('listeners hear a move once, and nothing after they left', () => {
  const cursor = createCursor()
  const listener = vi.fn()
  const leave = cursor.subscribe(listener)
  cursor.set({ timeMs: 1, chart: 'a' })
  cursor.set({ timeMs: 1, chart: 'a' })
  expect(listener).toHaveBeenCalledTimes(1)
  expect(cursor.get()).toEqual({ timeMs: 1, chart: 'a', isPinned: false })
  cursor.set(null)
  expect(listener).toHaveBeenCalledTimes(2)
  leave()
  cursor.set({ timeMs: 2, chart: 'b' })
  expect(listener).toHaveBeenCalledTimes(2)
})

test('a pinned cursor keeps its moment, follows the reader to another chart, and is freed', () => {
  const cursor = createCursor()
  cursor.pin({ timeMs: 1, chart: 'a' })
  cursor.set({ timeMs: 2, chart: 'b' })
  expect(cursor.get()).toEqual({ timeMs: 1, chart: 'b', isPinned: true })
  cursor.set(null)
  expect(cursor.get()?.timeMs).toBe(1)
  cursor.pin({ timeMs: 3, chart: 'b' })
  expect(cursor.get()).toEqual({ timeMs: 3, chart: 'b', isPinned: true })
  cursor.pin(null)
  expect(cursor.get()).toBeNull()
})
