import { describe, expect, it, vi } from 'vitest'
import { readBounded, readRequestBody } from './bounded-body'

const MIB = 1024 * 1024

function requestWith(body: BodyInit, init: RequestInit = {}): Request {
  const streaming: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half', ...init }
  return new Request('http://localhost/', streaming)
}

/** A body of these chunks, which then ends, or doesn't. */
function streamOf(chunks: Uint8Array[], end: 'close' | 'hang' | Error = 'close', cancel = vi.fn()) {
  const left = chunks.values()
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const { done, value } = left.next()
      if (!done) controller.enqueue(value)
      else if (end === 'close') controller.close()
      else if (end !== 'hang') controller.error(end)
      else return new Promise(() => {})
    },
    cancel,
  })
}

describe('readRequestBody', () => {
  it('reads what comes', async () => {
    const chunks = Array.from({ length: 10_000 }, (_, i) => Uint8Array.of(i % 256))
    const body = await readRequestBody(requestWith(streamOf(chunks)), 10_000, 10_000)
    expect(body).toEqual(Buffer.concat(chunks))
    expect(await readRequestBody(requestWith(streamOf([])), 0, 10_000)).toEqual(Buffer.alloc(0))
    expect(await readRequestBody(new Request('http://localhost/'), 0, 10_000)).toEqual(Buffer.alloc(0))
  })

  it('does not begin to read what says that it is too long', async () => {
    const request = requestWith('12345', { headers: { 'content-length': '5' } })
    const message = 'expected a body of at most 4 bytes, got more'
    await expect(readRequestBody(request, 4, 10_000)).rejects.toMatchObject({ status: 413, message })
    expect(request.bodyUsed).toBe(false)
  })

  it('refuses what becomes too long, and throws the rest away', async () => {
    const end = vi.fn()
    const endless = streamOf(
      Array.from({ length: 40 }, () => new Uint8Array(MIB)),
      'hang',
      end,
    )
    await expect(readRequestBody(requestWith(endless), 4, 10_000)).rejects.toMatchObject({ status: 413 })
    await vi.waitFor(() => expect(end).toHaveBeenCalled())
  })

  it('waits only so long for the rest', async () => {
    const request = requestWith(streamOf([Buffer.from('ab')], 'hang'))
    const message = 'expected the whole body within 20ms'
    await expect(readRequestBody(request, 4, 20)).rejects.toMatchObject({ status: 408, message })
  })

  it('says what happened to one that does not end', async () => {
    const broken = requestWith(streamOf([Buffer.from('ab')], new Error('aborted')))
    await expect(readRequestBody(broken, 4, 10_000)).rejects.toMatchObject({
      status: 400,
      message: 'the body ended early: aborted',
    })
    const client = new AbortController()
    const left = requestWith(streamOf([Buffer.from('ab')], 'hang'), { signal: client.signal })
    setTimeout(() => client.abort(), 5)
    await expect(readRequestBody(left, 4, 10_000)).rejects.toMatchObject({ status: 499 })
  })

  it('holds only so much of all of them: those that came first give way', async () => {
    const half = () => readRequestBody(requestWith(streamOf([new Uint8Array(MIB - 1)], 'hang')), MIB, 500)
    const slow = Array.from({ length: 16 }, half)
    const statuses = Promise.all(slow.map((one) => one.catch(({ status }) => status)))
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await readRequestBody(requestWith('1'), MIB, 10_000)).toEqual(Buffer.from('1'))
    await expect(slow[0]).rejects.toMatchObject({
      status: 503,
      message: 'expected at most 16777216 bytes of bodies at a time, and others came: try again',
    })
    expect(await statuses).toEqual([503, ...Array(15).fill(408)])
    // Nothing is held any more.
    const again = Array.from({ length: 16 }, half)
    expect(await Promise.all(again.map((one) => one.catch(({ status }) => status)))).toEqual(Array(16).fill(408))
  })
})

describe('readBounded', () => {
  const { signal } = new AbortController()

  it.each([
    ['all of it', [Buffer.from('ab'), Buffer.from('cd')], 4, 'abcd'],
    ['nothing', [], 0, ''],
  ])('reads %s', async (_, chunks, maxBytes, text) => {
    expect((await readBounded(streamOf(chunks), maxBytes, signal)).toString()).toBe(text)
  })

  it('reads nothing where there is no body', async () => {
    expect(await readBounded(null, 0, signal)).toHaveLength(0)
  })

  it('ends at the bound, and with the signal', async () => {
    const hanging = () => streamOf([Buffer.from('ab')], 'hang')
    await expect(readBounded(hanging(), 1, signal)).rejects.toThrow('expected a body of at most 1 bytes, got more')
    await expect(readBounded(hanging(), 9, AbortSignal.abort('left'))).rejects.toBe('left')
  })
})
