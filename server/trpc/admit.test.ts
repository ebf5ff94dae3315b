import { describe, expect, it, vi } from 'vitest'
import { handleTrpc } from './handle'

vi.mock('./context', () => ({ processContext: () => ({}) }))

const KIB = 1024
const batchOf = (calls: number, separator = ',') =>
  `${Array.from({ length: calls }, () => 'errors.recent').join(separator)}?batch=1&input={}`

async function ask(path: string, init: RequestInit = {}) {
  const response = await handleTrpc(new Request(`http://localhost/api/trpc/${path}`, init))
  return { status: response.status, answer: await response.json() }
}

function post(type: string | undefined, body: BodyInit) {
  const headers: HeadersInit = type === undefined ? {} : { 'content-type': type }
  const streaming: RequestInit & { duplex: 'half' } = { method: 'POST', headers, body, duplex: 'half' }
  return ask('errors.recent', streaming)
}

/** A body that says nothing of its length. */
function streamOf(bytes: number): ReadableStream<Uint8Array> {
  let left = bytes
  return new ReadableStream({
    pull(controller) {
      if (left <= 0) return controller.close()
      controller.enqueue(new Uint8Array(KIB))
      left -= KIB
    },
  })
}

describe('a request to tRPC', () => {
  it('answers a call, and a batch', async () => {
    expect(await ask('errors.recent')).toEqual({ status: 200, answer: { result: { data: [] } } })
    expect((await ask(batchOf(10))).answer).toHaveLength(10)
  })

  it.each([',', '%2C', '%2c'])('refuses a long batch, its calls separated by %s', async (separator) => {
    const { status, answer } = await ask(batchOf(11, separator))
    expect(status).toBe(400)
    expect(answer.error).toMatchObject({
      message: 'expected a batch of at most 10 calls, got one of 11',
      data: { code: 'BAD_REQUEST', httpStatus: 400 },
    })
  })

  it.each([
    ['multipart/form-data; boundary=x', '--x--'],
    ['application/octet-stream', 'x'],
    ['text/plain', '{}'],
    [undefined, new Uint8Array(1)],
  ])('refuses what is no JSON: %s', async (type, body) => {
    const { status, answer } = await post(type, body)
    expect(status).toBe(415)
    expect(answer.error).toMatchObject({
      message: `expected application/json as the Content-Type, got ${JSON.stringify(type ?? '')}`,
      data: { code: 'UNSUPPORTED_MEDIA_TYPE', httpStatus: 415 },
    })
  })

  it.each([
    ['text', ' '.repeat(64 * KIB + 1)],
    ['a stream', streamOf(65 * KIB)],
  ])('refuses a long body: %s', async (_, body) => {
    const { status, answer } = await post('application/json', body)
    expect(status).toBe(413)
    expect(answer.error).toMatchObject({
      message: 'expected a body of at most 65536 bytes, got more',
      data: { code: 'PAYLOAD_TOO_LARGE', httpStatus: 413 },
    })
  })

  it('leaves all other bodies to tRPC', async () => {
    const { status, answer } = await post('application/json', streamOf(64 * KIB))
    expect([status, answer.error.message]).toEqual([405, expect.stringContaining('Unsupported POST-request')])
  })
})
