// With PROMETHEUS_URL the API is that Prometheus's own: queries are passed on unchanged, and so are its answers.
import { BodyTooLong, readBounded, readRequestBody } from '../../bounded-body'
import type { Deadline } from '../../deadline'
import { beginDeadline, isTimeout } from '../../deadline'
import { PromqlError } from '../../promql/promql-error'
import type { Engine } from '../engine'
import type { Gate } from '../gate'
import { QuerierError } from '../querier-error'
import { ApiError } from './api-error'
import { LONGEST_FORM_BYTES } from './form'

/** An answer is passed on as it comes and is not held: this is more than anybody can draw. */
const LONGEST_ANSWER_BYTES = 64 * 1024 * 1024
/** An error is held, so that one that is longer can be refused in words. */
const LONGEST_ERROR_BYTES = 64 * 1024

/**
 * `path` is below `/api/v1/`. Throws QuerierError, ApiError, PromqlError or BodyRefused where there is no answer. The body of an
 * answer breaks off where it becomes too long, and when it has not been passed on in time.
 */
export type Forward = (request: Request, path: string) => Promise<Response>

/** Of the request's head nothing is passed on but the type of its body. */
export function createForward(engine: Engine, gate: Gate): Forward {
  const { timeoutMs } = gate.limits
  return async (request, path) => {
    const body = request.method === 'POST' ? await readRequestBody(request, LONGEST_FORM_BYTES, timeoutMs) : null
    const asked = `${path.split('/').map(encodeURIComponent).join('/')}${new URL(request.url).search}`
    const deadline = beginDeadline([request.signal], timeoutMs)
    try {
      const { signal } = deadline
      const ask = () => engine.ask(asked, { method: request.method, body, headers: headersOf(request), signal })
      const response = await gate.ask(request.signal, ask)
      const type = response.headers.get('content-type') ?? 'application/json'
      return new Response(await bodyOf(response, deadline), {
        status: response.status,
        headers: { 'content-type': type, 'cache-control': 'no-store' },
      })
    } catch (error) {
      const { reason } = deadline.signal
      deadline.end()
      if (request.signal.aborted) throw new ApiError('canceled', 'query was canceled in query execution')
      if (error instanceof PromqlError) throw error
      if (isTimeout(reason)) throw new ApiError('timeout', `Prometheus at ${engine.root} did not answer in time`)
      if (error instanceof QuerierError) throw error
      const words = error instanceof BodyTooLong ? 'answers too much' : 'broke off its answer'
      throw new QuerierError(`Prometheus at ${engine.root} ${words}: ${error instanceof Error ? error.message : error}`)
    }
  }
}

/** Throws BodyTooLong where the answer says so before it comes. */
async function bodyOf({ body, headers, status }: Response, deadline: Deadline): Promise<BodyInit | null> {
  if (status >= 400) {
    const error = await readBounded(body, LONGEST_ERROR_BYTES, deadline.signal)
    deadline.end()
    return error
  }
  if (Number(headers.get('content-length')) > LONGEST_ANSWER_BYTES) throw new BodyTooLong(LONGEST_ANSWER_BYTES)
  if (body !== null) return passOn(body.getReader(), deadline)
  deadline.end()
  return null
}

/**
 * The deadline ends with the body. When it aborts before that the body fails, for a client that doesn't read as well, and
 * the connection is given up here: the signal of a fetch doesn't always reach the body of its answer.
 */
function passOn(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  { signal, end }: Deadline,
): ReadableStream<Uint8Array> {
  let bytes = 0
  return new ReadableStream(
    {
      start(controller) {
        const fail = () => {
          controller.error(signal.reason)
          reader.cancel().catch(() => {})
        }
        signal.addEventListener('abort', fail, { once: true })
      },
      async pull(controller) {
        const { done, value } = await reader.read()
        bytes += value?.length ?? 0
        if (bytes > LONGEST_ANSWER_BYTES) controller.error(new BodyTooLong(LONGEST_ANSWER_BYTES))
        else if (done) controller.close()
        else return controller.enqueue(value)
        end()
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  )
}

function headersOf({ headers }: Request): Record<string, string> {
  const type = headers.get('content-type')
  return type === null ? {} : { 'content-type': type }
}
