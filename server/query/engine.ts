// The server that PROMETHEUS_URL names: a Prometheus, or what speaks its HTTP API, such as Thanos, Mimir, Cortex or VictoriaMetrics.
import type { Env } from '../env'
import { env } from '../env'
import { authorizationOf, shownUrl } from '../login'
import { perProcess } from '../per-process'
import type { RequestHeaders } from '../request-headers'
import { askedPauseMs } from '../retry-after'
import { QuerierError } from './querier-error'

/** How long a server that answers 429 is left alone: twice as long each time, unless it says how long by `Retry-After`. */
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000
/** An answer was in part so recently that the next one is likely to be, too. */
const PARTIAL_FOR_MS = 30_000

export type EngineStatus = {
  /** Why it does not answer, since its last answer. */
  problem: string | undefined
  /** What it said of answers, in the last half minute, that lack something: a store that is down, for example. */
  partial: string | undefined
}

export type Engine = {
  /** PROMETHEUS_URL to be shown: without login and query. */
  url: string
  /** Where its API is, to be shown. It ends with `/api/v1/`. */
  root: string
  /**
   * Asks `path` below `root`, with the parameters and the headers that an operator has set. Throws a QuerierError in words where it
   * can't be reached, redirects, refuses the login, or wants to be left alone; rejects with the signal's reason.
   */
  ask(
    path: string,
    request: { method: string; body: BodyInit | null; headers?: RequestHeaders; signal: AbortSignal },
  ): Promise<Response>
  /** It answered, but not as Prometheus does or not in time. Gives the error back. */
  failed<E extends Error>(error: E): E
  /** It answered as it should; `partial` is what it said of what is missing. */
  answered(partial?: string): void
  status(): EngineStatus
}

export type EngineOptions = { headers?: RequestHeaders; now?: () => number }

export function createEngine(
  baseUrl: string,
  { headers = {}, now = () => performance.now() }: EngineOptions = {},
): Engine {
  const url = shownUrl(baseUrl)
  const root = `${url.replace(/\/+$/, '')}/api/v1/`
  const base = new URL(baseUrl)
  const login = authorizationOf(base)
  const sent = { ...(login !== undefined && { authorization: login }), ...headers }
  let problem: string | undefined
  let partial: { words: string; untilMs: number } | undefined
  let pause = { untilMs: 0, lengthMs: 0, status: 0 }

  function addressOf(path: string): URL {
    const address = new URL(root + path)
    const asked = new Set(address.searchParams.keys())
    for (const [name, value] of base.searchParams) if (!asked.has(name)) address.searchParams.append(name, value)
    return address
  }

  function failed<E extends Error>(error: E): E {
    problem = error.message
    return error
  }

  function refused(words: string, status: 502 | 503 = 502): QuerierError {
    return failed(new QuerierError(`Prometheus at ${root} ${words}`, status))
  }

  /** The length of the pause that the answer asks for; 0 for none. */
  function pauseFor(response: Response): number {
    const askedMs = askedPauseMs(response)
    if (askedMs !== undefined) return askedMs
    return response.status === 429 ? Math.min(Math.max(2 * pause.lengthMs, FIRST_PAUSE_MS), LONGEST_PAUSE_MS) : 0
  }

  function requireNoPause(): void {
    const leftMs = pause.untilMs - now()
    if (leftMs > 0) {
      throw refused(`asked to wait (HTTP ${pause.status}): it is asked again in ${Math.ceil(leftMs / 1000)} s`, 503)
    }
  }

  return {
    url,
    root,
    async ask(path, { headers: more = {}, signal, ...request }) {
      requireNoPause()
      let response: Response
      try {
        response = await fetch(addressOf(path), {
          ...request,
          headers: { ...more, ...sent },
          redirect: 'manual',
          signal,
        })
      } catch (error) {
        signal.throwIfAborted()
        throw refused(`can't be reached: ${reasonOf(error)}`)
      }
      const { status } = response
      const wanted = wordsFor(response)
      const lengthMs = pauseFor(response)
      if (lengthMs > 0) pause = { untilMs: now() + lengthMs, lengthMs, status }
      else if (status < 400) pause = { untilMs: 0, lengthMs: 0, status: 0 }
      if (wanted !== undefined || lengthMs > 0) {
        response.body?.cancel().catch(() => {})
        if (wanted !== undefined) throw refused(wanted)
        requireNoPause()
      }
      return response
    },
    failed,
    answered(words) {
      problem = undefined
      if (words !== undefined) partial = { words, untilMs: now() + PARTIAL_FOR_MS }
    },
    status: () => ({ problem, partial: partial !== undefined && partial.untilMs > now() ? partial.words : undefined }),
  }
}

/** What is wrong with an answer that isn't about the question; undefined if nothing is. */
function wordsFor({ headers, status }: Response): string | undefined {
  if (status >= 300 && status < 400) {
    const to = headers.get('location')
    const where = to !== null && URL.canParse(to) ? ` to ${shownUrl(to)}` : ''
    return `redirects${where} (HTTP ${status}): expected PROMETHEUS_URL to be where its API is`
  }
  if (status === 401)
    return 'wants a login (HTTP 401): PROMETHEUS_URL takes a user name and a password, and PROMETHEUS_HEADERS any header'
  if (status === 403) return 'refuses this login (HTTP 403)'
  return undefined
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return (error.cause instanceof Error && error.cause.message) || error.message
}

/** That of this process; undefined where it answers itself. */
export function processEngine(): Engine | undefined {
  return perProcess('engine', () => ({ engine: engineOf(env()) })).engine
}

function engineOf({ prometheusHeaders, prometheusUrl }: Env): Engine | undefined {
  return prometheusUrl === undefined ? undefined : createEngine(prometheusUrl, { headers: prometheusHeaders })
}
