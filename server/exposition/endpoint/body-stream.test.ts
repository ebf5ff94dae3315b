import { expect, test, vi } from 'vitest'
import { bodyStream } from './body-stream'

const chunks = ['one ', 'two ', 'three'].map((text) => Buffer.from(text))

function scrapeOf(signal = new AbortController().signal) {
  return { signal, handOver: vi.fn(), end: vi.fn() }
}

test('gives all chunks and ends', async () => {
  const scrape = scrapeOf()
  expect(await new Response(bodyStream(chunks, scrape)).text()).toBe('one two three')
  expect(scrape.end).toHaveBeenCalledOnce()
})

test('goes no faster than it is read, and says that it is', async () => {
  const scrape = scrapeOf()
  const reader = bodyStream(chunks, scrape).getReader()
  for (const [i, chunk] of chunks.entries()) {
    expect(scrape.handOver).toHaveBeenCalledTimes(i + 1)
    expect((await reader.read()).value).toEqual(chunk)
  }
  expect(scrape.end).not.toHaveBeenCalled()
  expect((await reader.read()).done).toBe(true)
  expect(scrape.end).toHaveBeenCalledOnce()
})

test('ends when the client leaves', async () => {
  const scrape = scrapeOf()
  const reader = bodyStream(chunks, scrape).getReader()
  await reader.read()
  await reader.cancel()
  expect(scrape.end).toHaveBeenCalledOnce()
})

test('is cut when its time is up', async () => {
  const time = new AbortController()
  const reader = bodyStream(chunks, scrapeOf(time.signal)).getReader()
  await reader.read()
  time.abort()
  await expect(reader.read()).rejects.toMatchObject({ name: 'AbortError' })
})

test('may be told that its time is up after its end', async () => {
  const time = new AbortController()
  const scrape = { ...scrapeOf(time.signal), end: () => time.abort() }
  expect(await new Response(bodyStream(chunks, scrape)).text()).toBe('one two three')
})
