import { setImmediate } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { createSpread } from './spread'

afterEach(() => vi.restoreAllMocks())

test('many are woken in their order, and a turn ends with who made it long, what it did later included', async () => {
  let nowMs = 0
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs)
  const wake = createSpread()
  const woken: number[] = []
  for (let i = 0; i < 12; i++) {
    const read = async () => {
      woken.push(i)
      await Promise.resolve()
      await Promise.resolve()
      nowMs += 1
    }
    wake({ wake: () => void read() })
  }
  const counts: number[] = []
  for (let turn = 0; turn < 4; turn++) {
    await setImmediate()
    counts.push(woken.length)
  }
  expect(counts).toEqual([4, 8, 12, 12])
  expect(woken).toEqual(Array.from({ length: 12 }, (_, i) => i))
})

test('who is asked for twice is woken once, and again when it is asked for again', async () => {
  const wake = createSpread()
  let times = 0
  const one = { wake: () => times++ }
  wake(one)
  wake(one)
  await setImmediate()
  expect(times).toBe(1)
  wake(one)
  await setImmediate()
  expect(times).toBe(2)
})
