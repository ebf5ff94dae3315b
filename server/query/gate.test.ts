import { expect, it } from 'vitest'
import { createGate } from './gate'

const forever = new AbortController().signal
const oneSlot = { slots: 1, maxWaiting: 2, timeoutMs: 60_000 }

function holding() {
  let resolve: (value: string) => void = () => {}
  const promise = new Promise<string>((resolved) => {
    resolve = resolved
  })
  return { promise, resolve: (value: string) => resolve(value) }
}

it('queries that find no place wait in their order', async () => {
  const gate = createGate(oneSlot)
  const begun: string[] = []
  const first = holding()
  const running = [
    gate.ask(forever, () => first.promise),
    gate.ask(forever, async () => begun.push('second')),
    gate.ask(forever, async () => begun.push('third')),
  ]
  await Promise.resolve()
  expect(begun).toEqual([])
  first.resolve('')
  await Promise.all(running)
  expect(begun).toEqual(['second', 'third'])
})

it('a query that fails gives its place back', async () => {
  const gate = createGate(oneSlot)
  await expect(gate.ask(forever, () => Promise.reject(new Error('x')))).rejects.toThrow('x')
  expect(await gate.ask(forever, async () => 'y')).toBe('y')
})

it.each([
  [new DOMException('late', 'TimeoutError'), 'timeout', 'query timed out in query queue'],
  [new DOMException('gone', 'AbortError'), 'canceled', 'query was canceled in query queue'],
])('%s ends the waiting', async (reason, kind, message) => {
  const gate = createGate(oneSlot)
  const first = holding()
  const running = gate.ask(forever, () => first.promise)
  const caller = new AbortController()
  const waiting = gate.ask(caller.signal, async () => 'never')
  caller.abort(reason)
  await expect(waiting).rejects.toMatchObject({ kind, message })
  first.resolve('')
  await running
  expect(await gate.ask(forever, async () => 'free')).toBe('free')
})

it('one more than may wait is refused at once', async () => {
  const gate = createGate(oneSlot)
  const first = holding()
  const running = [1, 2, 3].map(() => gate.ask(forever, () => first.promise))
  const message = 'expected at most 2 queries in the query queue, got one more: try again later'
  await expect(gate.ask(forever, async () => 'never')).rejects.toMatchObject({ kind: 'overloaded', message })
  first.resolve('')
  await Promise.all(running)
  expect(await gate.ask(forever, async () => 'free')).toBe('free')
})

it.each([
  ['the gate allows no more', 60_000, 20],
  ['the question wants less', 20, 60_000],
])('a question is told when its time is up: %s', async (_, askedMs, allowedMs) => {
  const gate = createGate({ ...oneSlot, timeoutMs: allowedMs })
  const question = (signal: AbortSignal) =>
    new Promise<string>((resolve) => signal.addEventListener('abort', () => resolve(signal.reason.name)))
  expect(await gate.ask(forever, question, askedMs)).toBe('TimeoutError')
})

it('a question without time does not wait', async () => {
  const gate = createGate(oneSlot)
  const first = holding()
  const running = gate.ask(forever, () => first.promise)
  await expect(gate.ask(forever, async () => 'never', 0)).rejects.toMatchObject({ kind: 'timeout' })
  first.resolve('')
  await running
})
