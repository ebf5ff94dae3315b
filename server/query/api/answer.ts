// The envelope of every answer of the Prometheus HTTP API.
import type { ApiError } from './api-error'
import type { TextPieces } from './json-text'
import { bodyOf } from './json-text'

/** `data` is JSON. Warnings and infos are Prometheus's remarks on an answer that it gives all the same. */
export type Answer = { data: TextPieces; warnings?: string[]; infos?: string[] }

export const TRUNCATED = 'results truncated due to limit'

const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' }

/** `onEnd` is called when nothing more will be written of it. */
export async function success(answer: Answer, onEnd: () => void): Promise<Response> {
  const body = await bodyOf(envelope(answer), onEnd)
  if (!(body instanceof Uint8Array)) return new Response(body, { headers })
  return new Response(body, { headers: { ...headers, 'content-length': String(body.length) } })
}

export function failure({ body, status }: ApiError): Response {
  return new Response(body, { status, headers })
}

/** The first `limit`, with the warning that there were more. */
export function cut<T>(list: T[], limit: number): { list: T[]; warnings: string[] } {
  if (list.length <= limit) return { list, warnings: [] }
  return { list: list.slice(0, limit), warnings: [TRUNCATED] }
}

function* envelope({ data, infos = [], warnings = [] }: Answer): TextPieces {
  yield '{"status":"success","data":'
  yield* data
  if (warnings.length > 0) yield `,"warnings":${JSON.stringify(warnings)}`
  if (infos.length > 0) yield `,"infos":${JSON.stringify(infos)}`
  yield '}'
}
