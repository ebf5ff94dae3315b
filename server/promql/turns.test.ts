import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Turns } from './turns'

test('who waits is resumed in order, one in each turn of the event loop', async () => {
  const turns = new Turns()
  const resumed: number[] = []
  const wait = async (query: number) => {
    await turns.next()
    resumed.push(query)
  }
  const all = Promise.all([1, 2, 3].map(wait))
  const seen: number[][] = []
  for (let turn = 0; turn < 4; turn++) {
    await setImmediate()
    seen.push([...resumed])
  }
  await all
  expect(seen).toEqual([[1], [1, 2], [1, 2, 3], [1, 2, 3]])
})

test('a slice is of all queries together, and another one begins with another turn', async () => {
  const turns = new Turns()
  expect(turns.isOver()).toBe(false)
  const begunMs = performance.now()
  while (performance.now() - begunMs < 9);
  expect(turns.isOver()).toBe(true)
  expect(turns.isOver()).toBe(true)
  await setImmediate()
  expect(turns.isOver()).toBe(false)
})

test('work goes on no longer than its signal allows', async () => {
  const leaving = new AbortController()
  const endless = (function* () {
    for (;;) yield
  })()
  leaving.abort('left')
  await expect(new Turns().finish(endless, leaving.signal)).rejects.toBe('left')
})
