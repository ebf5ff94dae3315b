import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { bodyOf, jsonList, jsonPieces, jsonValue } from './json-text'

type Body = Awaited<ReturnType<typeof bodyOf>>
const textOf = async (body: Body) => new Response(body).text()

it('a short text is the body itself', async () => {
  expect(Buffer.from('{"a":["é"]}').equals((await bodyOf(jsonValue({ a: ['é'] }))) as Buffer)).toBe(true)
  expect(await textOf(await bodyOf(jsonList([], String)))).toBe('[]')
})

it('a long list comes as it is read, whole and in order', async () => {
  const numbers = Array.from({ length: 100_000 }, (_, i) => i)
  const write = vi.fn(String)
  const body = await bodyOf(jsonList(numbers, write))
  expect(write.mock.calls.length).toBeLessThan(numbers.length / 2)
  expect(JSON.parse(await textOf(body))).toEqual(numbers)
})

it('nothing is written for a client that has left', async () => {
  const write = vi.fn(String)
  const body = await bodyOf(jsonList(Array(100_000).keys(), write))
  if (body instanceof Uint8Array) throw new Error('expected a stream')
  const written = write.mock.calls.length
  await body.cancel()
  expect(write.mock.calls.length).toBe(written)
})

const json = fc
  .jsonValue({ maxDepth: 4 })
  .chain((value) => fc.constantFrom(value, Array(300).fill(value), { a: value }))

it('any value comes as JSON.stringify would write it', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect([...jsonPieces(value)].join('')).toBe(JSON.stringify(value))
    }),
  )
})

it('what is undefined is left out, and no piece is long', () => {
  const value = { none: undefined, points: Array.from({ length: 5_000 }, (_, i) => [i, i / 2]), at: new Date(0) }
  const pieces = [...jsonPieces(value)] as string[]
  expect(pieces.join('')).toBe(JSON.stringify(value))
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(5_000)
})

it('a client that has stopped reading is given up, and what was held for it is free', async () => {
  vi.useFakeTimers()
  const onEnd = vi.fn()
  const body = await bodyOf(jsonList(Array(200_000).keys(), String), onEnd)
  if (body instanceof Uint8Array) throw new Error('expected a stream')
  const reader = body.getReader()
  await reader.read()
  expect(onEnd).not.toHaveBeenCalled()
  vi.advanceTimersByTime(10_000)
  await expect(reader.read()).rejects.toThrow('The client has read nothing for 10 seconds.')
  expect(onEnd).toHaveBeenCalledOnce()
  vi.useRealTimers()
})
