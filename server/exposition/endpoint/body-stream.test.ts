import { expect, test, vi } from 'vitest'
import { bodyStream } from './body-stream'

const chunks = ['one ', 'two ', 'three'].map((text) => Buffer.from(text))
const never = new AbortController().signal

test('gives all chunks and ends', async () => {
  const onEnd = vi.fn()
  expect(await new Response(bodyStream(chunks, never, onEnd)).text()).toBe('one two three')
  expect(onEnd).toHaveBeenCalledOnce()
})

test('goes no faster than it is read', async () => {
  const onEnd = vi.fn()
  const reader = bodyStream(chunks, never, onEnd).getReader()
  for (const chunk of chunks) expect((await reader.read()).value).toEqual(chunk)
  expect(onEnd).not.toHaveBeenCalled()
  expect((await reader.read()).done).toBe(true)
  expect(onEnd).toHaveBeenCalledOnce()
})

test('ends when the client leaves', async () => {
  const onEnd = vi.fn()
  const reader = bodyStream(chunks, never, onEnd).getReader()
  await reader.read()
  await reader.cancel()
  expect(onEnd).toHaveBeenCalledOnce()
})

test('is cut when its time is up', async () => {
  const time = new AbortController()
  const reader = bodyStream(chunks, time.signal, () => {}).getReader()
  await reader.read()
  time.abort()
  await expect(reader.read()).rejects.toMatchObject({ name: 'AbortError' })
})

test('may be told that its time is up after its end', async () => {
  const time = new AbortController()
  const text = await new Response(bodyStream(chunks, time.signal, () => time.abort())).text()
  expect(text).toBe('one two three')
})
