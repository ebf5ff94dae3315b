import { expect, it, vi } from 'vitest'
import { bodyOf, jsonList, jsonValue } from './json-text'

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
