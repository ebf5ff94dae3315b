// The Prometheus HTTP API: Grafana, promtool and whoever speaks it may ask this process as they would a Prometheus.
import { failure, success } from './answer'
import { toApiError } from './api-error'
import { findEndpoint } from './endpoints'
import { readForm } from './form'
import type { Forward } from './forward'
import type { Sources } from './sources'
import { buildInfo } from './status'

/** Answers whatever comes below the path `base`: `/prometheus` where none is given. Its promise is never rejected. */
export type PrometheusApi = (request: Request, base?: string) => Promise<Response>

/** Answers from `sources`, or by asking the Prometheus of `forward`. */
export function createPrometheusApi(sources: Sources, forward?: Forward): PrometheusApi {
  return async (request, base = '/prometheus') => {
    // With Next's trailingSlash a path ends in one.
    const path = decoded(new URL(request.url).pathname.slice(base.length + 1)).replace(/(?<=.)\/$/, '')
    const healthy = healthTexts.get(path)
    if (healthy !== undefined && request.method === 'GET') return plain(200, healthy)
    if (healthy !== undefined && request.method === 'HEAD') return plain(200, '')
    if (path === 'version') return version(request.method)
    const found = path.startsWith(root) ? findEndpoint(path.slice(root.length)) : undefined
    if (found === undefined) return plain(404, '404 page not found\n')
    const { endpoint, name } = found
    if (request.method === 'OPTIONS') return new Response(null, { status: 204 })
    if (!endpoint.methods.includes(request.method)) return notAllowed(request.method, endpoint.methods)
    const memory = sources.memory.open()
    try {
      if (forward && endpoint.isForwarded) return await forward(request, path.slice(root.length))
      const form = await readForm(request, sources.gate.limits.timeoutMs)
      const answer = await endpoint.answer({ form, name, signal: request.signal, memory }, sources)
      if (answer !== undefined && !(answer instanceof Response)) return await success(answer, memory.end)
      memory.end()
      if (answer !== undefined) return answer
      return new Response(null, { status: 204 })
    } catch (error) {
      memory.end()
      return failure(toApiError(error))
    }
  }
}

const root = 'api/v1/'
const healthTexts: ReadonlyMap<string, string> = new Map([
  ['-/healthy', 'Prometheus Server is Healthy.\n'],
  ['-/ready', 'Prometheus Server is Ready.\n'],
])

/** What isn't UTF-8 becomes replacement characters. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path.replace(/%[89a-f][\da-f]/gi, '\ufffd')
  }
}

/** The same as `status/buildinfo`, without an envelope. */
function version(method: string): Response {
  if (method === 'OPTIONS') return new Response(null, { status: 204 })
  return method === 'GET' ? plain(200, `${JSON.stringify(buildInfo())}\n`) : notAllowed(method, ['GET'])
}

function notAllowed(method: string, allowed: readonly string[]): Response {
  const allow = [...allowed, 'OPTIONS'].sort().join(', ')
  return plain(405, method === 'HEAD' ? '' : 'Method Not Allowed\n', { allow })
}

function plain(status: number, text: string, headers: Record<string, string> = {}): Response {
  return new Response(text, { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } })
}
