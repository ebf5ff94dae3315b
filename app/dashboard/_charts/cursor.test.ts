import { expect, test, vi } from 'vitest'
import { createCursor } from './cursor'

test('listeners hear a move once, and nothing after they left', () => {
  const cursor = createCursor()
  const listener = vi.fn()
  const leave = cursor.subscribe(listener)
  cursor.set({ timeMs: 1, chart: 'a' })
  cursor.set({ timeMs: 1, chart: 'a' })
  expect(listener).toHaveBeenCalledTimes(1)
  expect(cursor.get()).toEqual({ timeMs: 1, chart: 'a' })
  cursor.set(null)
  expect(listener).toHaveBeenCalledTimes(2)
  leave()
  cursor.set({ timeMs: 2, chart: 'b' })
  expect(listener).toHaveBeenCalledTimes(2)
})
