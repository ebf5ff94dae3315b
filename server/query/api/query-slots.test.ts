import { expect, it } from 'vitest'
import { createQuerySlots } from './query-slots'

const forever = new AbortController().signal

function holding() {
  let resolve: (value: string) => void = () => {}
  const promise = new Promise<string>((resolved) => {
    resolve = resolved
  })
  return { promise, resolve: (value: string) => resolve(value) }
}

it('queries that find no place wait in their order', async () => {
  const slots = createQuerySlots(1)
  const begun: string[] = []
  const first = holding()
  const running = [
    slots.run(forever, () => first.promise),
    slots.run(forever, async () => begun.push('second')),
    slots.run(forever, async () => begun.push('third')),
  ]
  await Promise.resolve()
  expect(begun).toEqual([])
  first.resolve('')
  await Promise.all(running)
  expect(begun).toEqual(['second', 'third'])
})

it('a query that fails gives its place back', async () => {
  const slots = createQuerySlots(1)
  await expect(slots.run(forever, () => Promise.reject(new Error('x')))).rejects.toThrow('x')
  expect(await slots.run(forever, async () => 'y')).toBe('y')
})

it.each([
  [new DOMException('late', 'TimeoutError'), 'timeout', 'query timed out in query queue'],
  [new DOMException('gone', 'AbortError'), 'canceled', 'query was canceled in query queue'],
])('%s ends the waiting', async (reason, kind, message) => {
  const slots = createQuerySlots(1)
  const first = holding()
  const running = slots.run(forever, () => first.promise)
  const caller = new AbortController()
  const waiting = slots.run(caller.signal, async () => 'never')
  caller.abort(reason)
  await expect(waiting).rejects.toMatchObject({ kind, message })
  first.resolve('')
  await running
  expect(await slots.run(forever, async () => 'free')).toBe('free')
})
