// One request to a receiver, and what its answer means. Receivers are what people name in a variable: a proxy's login page, a
// server that hangs or one that never ends its answer may stand there as well.
import { unlessAborted, withDeadline } from '../deadline'
import { formatDuration } from '../duration'
import type { RequestHeaders } from '../request-headers'
import { askedPauseMs } from '../retry-after'

/** How long a request may take: Prometheus's default. */
export const REQUEST_TIMEOUT_MS = 30_000
/** Of an answer so much is read. */
const ANSWER_BYTES = 4 * 1024
/** Of an error so much is said. */
const SHOWN_CHARACTERS = 200

/** `url` has no login in it, which is among the headers. */
export type Destination = { url: string; headers: RequestHeaders }

export type Outcome =
  /** `answer` is what the receiver said, as far as it is read. */
  | { kind: 'taken'; answer: Buffer }
  /** To ask again would change nothing. */
  | { kind: 'refused'; words: string }
  /** To be tried again, after `pauseMs` where the receiver has asked for a pause. */
  | { kind: 'failed'; words: string; pauseMs?: number | undefined }

/** Never rejects. It ends within `timeoutMs`, or when `signal` is aborted. */
export async function post(
  { headers, url }: Destination,
  body: Uint8Array<ArrayBuffer>,
  signal?: AbortSignal,
  timeoutMs = REQUEST_TIMEOUT_MS,
): Promise<Outcome> {
  try {
    return await withDeadline([signal], timeoutMs, async (deadline) => {
      const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: deadline })
      return outcomeOf(response, await readStart(response.body, deadline))
    })
  } catch (error) {
    return { kind: 'failed', words: wordsFor(error, timeoutMs) }
  }
}

function outcomeOf(response: Response, answer: Buffer): Outcome {
  const { headers, status } = response
  const said = shown(answer.toString())
  const words = said === '' ? `HTTP ${status}` : `HTTP ${status}, ${said}`
  if (response.ok) {
    const isPage = /^text\/html\b/i.test(headers.get('content-type') ?? '')
    return isPage ? { kind: 'failed', words: `HTTP ${status} with a page of HTML` } : { kind: 'taken', answer }
  }
  if (status >= 400 && status < 500 && status !== 429) return { kind: 'refused', words }
  // Whoever follows a redirect sends a GET without a body.
  if (status >= 300 && status < 400) return { kind: 'failed', words: `HTTP ${status}, a redirect` }
  return { kind: 'failed', words, pauseMs: askedPauseMs(response) }
}

/** The rest is given up, and with it the connection. */
async function readStart(body: ReadableStream<Uint8Array> | null, signal: AbortSignal): Promise<Buffer> {
  if (body === null) return Buffer.alloc(0)
  const reader = body.getReader()
  const parts: Uint8Array[] = []
  let bytes = 0
  try {
    while (bytes < ANSWER_BYTES) {
      const { done, value } = await unlessAborted(reader.read(), signal)
      if (done) return Buffer.concat(parts)
      parts.push(value.subarray(0, ANSWER_BYTES - bytes))
      bytes += value.length
    }
    return Buffer.concat(parts)
  } finally {
    reader.cancel().catch(() => {})
  }
}

function shown(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  return line.length > SHOWN_CHARACTERS ? `${line.slice(0, SHOWN_CHARACTERS)}...` : line
}

function wordsFor(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `no answer within ${formatDuration(timeoutMs)}`
  return (error.cause instanceof Error && (error.cause.message || Reflect.get(error.cause, 'code'))) || error.message
}
