// A question as a hostile client asks it, and how those to each door are put together.
import type { Random } from '../../server/promql/differential/generated-series'

/**
 * `read`: as any client. `trickle`: the body comes in pieces. `break off`: half of it comes, and then the client is gone.
 * `leave`: the client is gone before the answer. `ignore`: it reads nothing, and leaves later. `listen`: it reads the
 * beginning of a stream.
 */
export type Manner = 'read' | 'trickle' | 'break off' | 'leave' | 'ignore' | 'listen'

export type Question = {
  kind: string
  /** The HTTP API of a Prometheus, or another door of this app. */
  door: 'prometheus' | 'trpc' | 'metrics' | 'page'
  method: 'GET' | 'POST'
  /** With its query; below `/prometheus` where this app has that door. */
  path: string
  headers: Record<string, string>
  body: string
  manner: Manner
  /** When a client leaves that doesn't wait for the answer, or how long its body takes. */
  patienceMs: number
  /** How many clients ask it at once. */
  clients: number
  /** Whether a real Prometheus has to answer it as this app does. */
  isComparable: boolean
}

export type Draft = Pick<Question, 'door' | 'path'> & Partial<Question>

/** What questions are about besides chance: the present, and the scraped target whose series are many. */
export type Moment = { nowSeconds: number; job: string; instance: string }

export type MakeQuestion = (random: Random, moment: Moment) => Draft

export type Fields = [name: string, value: string][]

export type Call = { procedure: string; input: unknown }

/** Node refuses longer heads. What is longer goes into a form, where that is allowed. */
const LONGEST_GET = 7_000
const GET_ONLY = /^(label\/|metadata|targets|status|rules|alerts|scrape_pools)/

/** A question to the HTTP API of a Prometheus, by GET where it is short. */
export function ask(endpoint: string, fields: Fields): Draft {
  const text = new URLSearchParams(fields).toString()
  if (text.length > LONGEST_GET && !GET_ONLY.test(endpoint)) return form(endpoint, text)
  return { door: 'prometheus', path: `/api/v1/${endpoint}${text === '' ? '' : `?${text}`}` }
}

/** The same with fields as they are to be sent, by POST. */
export function form(endpoint: string, body: string): Draft {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return { door: 'prometheus', method: 'POST', path: `/api/v1/${endpoint}`, headers, body }
}

/** The fields of a range that ends now. */
export function range({ nowSeconds }: Moment, steps: number, stepSeconds: number): Fields {
  return [
    ['start', `${nowSeconds - steps * stepSeconds}`],
    ['end', `${nowSeconds}`],
    ['step', `${stepSeconds}`],
  ]
}

/** One procedure of tRPC; its input is left out where it is undefined. */
export function call(procedure: string, input: unknown): Draft {
  const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
  return { door: 'trpc', path: `/api/trpc/${procedure}${query}` }
}

/** Many procedures in one request. */
export function batch(calls: readonly Call[], method: 'GET' | 'POST' = 'GET'): Draft {
  const path = `/api/trpc/${calls.map(({ procedure }) => procedure).join(',')}?batch=1`
  const inputs = JSON.stringify(Object.fromEntries(calls.map(({ input }, i) => [i, input])))
  if (method === 'GET') return { door: 'trpc', path: `${path}&input=${encodeURIComponent(inputs)}` }
  return { door: 'trpc', method, path, headers: { 'content-type': 'application/json' }, body: inputs }
}
