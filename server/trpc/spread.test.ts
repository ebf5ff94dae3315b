import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createSpread } from './spread'

test('many are woken in their order, some in each turn of the event loop', async () => {
  const wake = createSpread()
  const woken: number[] = []
  for (let i = 0; i < 40; i++) wake({ wake: () => woken.push(i) })
  const counts: number[] = []
  for (let turn = 0; turn < 4; turn++) {
    await setImmediate()
    counts.push(woken.length)
  }
  expect(counts).toEqual([16, 32, 40, 40])
  expect(woken).toEqual(Array.from({ length: 40 }, (_, i) => i))
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
