// Request bodies from outside: read with a limit of bytes and a limit of time.
import { beginDeadline, isTimeout, unlessAborted } from './deadline'
import { formatDuration } from './duration'
import { perProcess } from './per-process'

/** Of all requests that are being read. It takes little to send half a body many times: the oldest gives way. */
const BYTES_TOGETHER = 16 * 1024 * 1024
/** Of a request that was refused, thrown away, so that its client comes to read why. */
const DISCARDED_BYTES = 16 * 1024 * 1024
const FIRST_BYTES = 4 * 1024

/** Why the body of a request was not read, in words and as an HTTP status. */
export class BodyRefused extends Error {
  override readonly name = 'BodyRefused'

  constructor(
    readonly status: 400 | 408 | 413 | 499 | 503,
    message: string,
  ) {
    super(message)
  }
}

/** A body that goes on after its bound. */
export class BodyTooLong extends Error {
  override readonly name = 'BodyTooLong'

  constructor(maxBytes: number) {
    super(`expected a body of at most ${maxBytes} bytes, got more`)
  }
}

type Reader = ReadableStreamDefaultReader<Uint8Array>

/** Throws BodyRefused. After `timeoutMs` the client is not waited for any more. */
export async function readRequestBody(
  request: Request,
  maxBytes: number,
  timeoutMs: number,
): Promise<Buffer<ArrayBuffer>> {
  if (request.body === null) return Buffer.alloc(0)
  // What nobody has begun to read is thrown away by Node.
  if (Number(request.headers.get('content-length')) > maxBytes) {
    throw new BodyRefused(413, new BodyTooLong(maxBytes).message)
  }
  const reader = request.body.getReader()
  const crowdedOut = new AbortController()
  const { signal, end } = beginDeadline([request.signal, crowdedOut.signal], timeoutMs)
  const held: HeldBody = { bytes: 0, giveWay: () => crowdedOut.abort() }
  try {
    return await readAll(reader, maxBytes, signal, (bytes) => hold(held, bytes))
  } catch (error) {
    discard(reader).catch(() => {})
    if (error instanceof BodyTooLong) throw new BodyRefused(413, error.message)
    if (request.signal.aborted) throw new BodyRefused(499, 'the client closed the connection')
    if (crowdedOut.signal.aborted) {
      throw new BodyRefused(
        503,
        `expected at most ${BYTES_TOGETHER} bytes of bodies at a time, and others came: try again`,
      )
    }
    if (isTimeout(error)) throw new BodyRefused(408, `expected the whole body within ${formatDuration(timeoutMs)}`)
    throw new BodyRefused(400, `the body ended early: ${error instanceof Error ? error.message : error}`)
  } finally {
    release(held)
    end()
  }
}

type HeldBody = { bytes: number; giveWay(): void }

/** In the order in which they came. */
const allHeld = () => perProcess('held-bodies', () => ({ bytes: 0, bodies: new Set<HeldBody>() }))

function hold(body: HeldBody, bytes: number): void {
  const all = allHeld()
  all.bodies.add(body)
  all.bytes += bytes
  body.bytes += bytes
  for (const oldest of all.bodies) {
    if (all.bytes <= BYTES_TOGETHER) return
    release(oldest)
    oldest.giveWay()
  }
}

function release(body: HeldBody): void {
  const all = allHeld()
  all.bodies.delete(body)
  all.bytes -= body.bytes
  body.bytes = 0
}

/**
 * Throws BodyTooLong as soon as there are more than `maxBytes`, the signal's reason, or what the stream failed with. The
 * rest is cancelled: the signal of a fetch doesn't always reach the body of its answer.
 */
export async function readBounded(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Buffer<ArrayBuffer>> {
  if (body === null) return Buffer.alloc(0)
  const reader = body.getReader()
  try {
    return await readAll(reader, maxBytes, signal)
  } catch (error) {
    reader.cancel().catch(() => {})
    throw error
  }
}

/** The chunks are copied together: one that has a single byte would take a hundred of them. */
async function readAll(
  reader: Reader,
  maxBytes: number,
  signal: AbortSignal,
  onGrowth: (bytes: number) => void = () => {},
): Promise<Buffer<ArrayBuffer>> {
  let bytes = Buffer.alloc(0)
  let length = 0
  for (;;) {
    const { done, value } = await unlessAborted(reader.read(), signal)
    if (done) return bytes.subarray(0, length)
    const needed = length + value.length
    if (needed > maxBytes) throw new BodyTooLong(maxBytes)
    if (needed > bytes.length) {
      const grown = Math.min(maxBytes, Math.max(needed, 2 * bytes.length, FIRST_BYTES))
      onGrowth(grown - bytes.length)
      bytes = Buffer.concat([bytes], grown)
    }
    bytes.set(value, length)
    length = needed
  }
}

/** Ends when Node does not wait for the client any more, at the latest. */
async function discard(reader: Reader): Promise<void> {
  for (let bytes = 0; bytes < DISCARDED_BYTES; ) {
    const { done, value } = await reader.read()
    if (done) return
    bytes += value.length
    await new Promise((resolve) => setImmediate(resolve))
  }
  await reader.cancel()
}
