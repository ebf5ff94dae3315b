import { expect, it } from 'vitest'
import { MemoryPool } from '../memory-pool'
import type { Value } from '../promql/value'
import type { AskOptions } from '../query/querier'
import { createInstantCache } from './instant-cache'

const waits = new AbortController().signal

it('asks once for each expression of the newest instant, also after the clock was set back', async () => {
  const asked: string[] = []
  const answer: Value = { type: 'scalar', value: 1 }
  const instant = async (expr: string, atMs: number) => {
    asked.push(`${expr} at ${atMs / 1000}`)
    return answer
  }
  const { ask } = createInstantCache({ querier: { instant }, memory: new MemoryPool(1e6), timeoutMs: 1000 })
  const questions: [string, number][] = [
    ['a', 100],
    ['a', 100],
    ['b', 100],
    ['a', 101],
    ['a', 100],
    ['a', 101],
    ['a', 10],
    ['a', 10],
    ['a', 11],
    ['a', 11],
  ]
  for (const [expr, seconds] of questions) expect(await ask(expr, seconds * 1000, waits)).toBe(answer)
  expect(asked).toEqual(['a at 100', 'b at 100', 'a at 101', 'a at 100', 'a at 10', 'a at 11'])
})

const vectorOf = (count: number): Value => ({
  type: 'vector',
  series: Array.from({ length: count }, (_, i) => ({ labels: { i: String(i) }, value: i })),
})

it('keeps the memory of its answers until the next instant, and no more than its share of them', async () => {
  const memory = new MemoryPool(8_000)
  let asked = 0
  const instant = async (expr: string, _atMs: number, { memory }: AskOptions = {}) => {
    asked++
    memory?.take(Number(expr))
    return vectorOf(1)
  }
  const { ask, forget } = createInstantCache({ querier: { instant }, memory, timeoutMs: 1000 })
  for (const expr of ['600', '600', '300', '500', '500']) await ask(expr, 100, waits)
  expect(asked).toBe(4)
  expect(memory.heldBytes).toBe(900)
  await ask('200', 101, waits)
  expect(memory.heldBytes).toBe(200)
  forget()
  expect(memory.heldBytes).toBe(0)
})

it('gives up what takes too long, and gives back its memory', async () => {
  const memory = new MemoryPool(8_000)
  const instant = (_expr: string, _atMs: number, { memory, signal }: AskOptions = {}) => {
    memory?.take(100)
    return new Promise<Value>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
  }
  const { ask } = createInstantCache({ querier: { instant }, memory, timeoutMs: 10 })
  await expect(ask('a', 100, waits)).rejects.toMatchObject({ name: 'TimeoutError' })
  expect(memory.heldBytes).toBe(0)
})

it('goes on while somebody waits for the answer, and is given up when nobody does', async () => {
  let end: (value: Value) => void = () => {}
  const asked: AbortSignal[] = []
  const instant = (_expr: string, _atMs: number, { signal }: AskOptions = {}) =>
    new Promise<Value>((resolve, reject) => {
      end = resolve
      if (signal) asked.push(signal)
      signal?.addEventListener('abort', () => reject(signal.reason))
    })
  const memory = new MemoryPool(8_000)
  const { ask } = createInstantCache({ querier: { instant }, memory, timeoutMs: 60_000 })
  const [first, second, third] = [new AbortController(), new AbortController(), new AbortController()]
  const answers = [first, second].map(({ signal }) => ask('a', 100, signal))
  first.abort(new Error('first left'))
  await expect(answers[0]).rejects.toThrow('first left')
  expect(asked.map(({ aborted }) => aborted)).toEqual([false])
  second.abort(new Error('second left'))
  await expect(answers[1]).rejects.toThrow('second left')
  expect(asked.map(({ aborted }) => aborted)).toEqual([true])
  const again = ask('a', 100, third.signal)
  end({ type: 'scalar', value: 1 })
  expect(await again).toEqual({ type: 'scalar', value: 1 })
  await expect(ask('b', 100, first.signal)).rejects.toThrow('first left')
  expect(asked).toHaveLength(2)
})
