// Answers scrapes over HTTP: the head, the body, and the reasons for having neither. docs/prometheus.md has it for users.
import Negotiator from 'negotiator'
import { currentResponse } from '../../current-response'
import { hidePaths } from '../../hide-paths'
import type { MetricHandler } from '../../instrument/metric-handler'
import { logError } from '../../log'
import type { Snapshot } from '../snapshot'
import { bodyStream } from './body-stream'
import { encodeExposition } from './encode-exposition'
import { negotiateFormat } from './negotiate-format'
import { scrapeBudgetMs } from './scrape-budget'
import type { ScrapeUnderWay } from './scrape-slots'
import { createScrapeSlots } from './scrape-slots'
import { selectFamilies } from './select-families'
import { createSharedCollection } from './shared-collection'

/** So many answers are made at a time: two Prometheus servers, an agent, and some room for a person with curl. */
export const MAX_SCRAPES_IN_FLIGHT = 5

/** So many answers are kept that are not read to their end, which takes a scraper that reads a moment. */
export const MAX_UNREAD_ANSWERS = 5

const RETRY_AFTER_SECONDS = 1

export type MetricsEndpointOptions = {
  /** Of all workers of the app. Its signal is aborted when nobody waits for the snapshot any more. */
  collect(signal: AbortSignal): Promise<Snapshot>
  /** Of this process alone. */
  collectOwn(signal: AbortSignal): Promise<Snapshot>
  /** Where the endpoint itself is measured. */
  metrics: MetricHandler
}

export type MetricsEndpoint = {
  /**
   * The metrics, collected now or together with another scrape, in the format and encoding that the request accepts;
   * `?name[]=` selects families, `?worker=self` leaves out what other workers of the app have counted. Else a reason as plain text: 503 when too many scrapes are under
   * way or this one takes too long, 500 when something fails. Never rejects.
   */
  answerScrape(request: Request): Promise<Response>
  /** 405: metrics can only be read. */
  refuseMethod(): Response
}

/** There is to be one in a process: scrapes are counted, limited and collected together, at whichever path they come. */
export function createMetricsEndpoint({ collect, collectOwn, metrics }: MetricsEndpointOptions): MetricsEndpoint {
  const { requestsTotal, requestsInFlight } = metrics
  const slots = createScrapeSlots(MAX_SCRAPES_IN_FLIGHT, MAX_UNREAD_ANSWERS, requestsInFlight)
  const collection = createSharedCollection(collect)
  const ownCollection = createSharedCollection(collectOwn)
  const logged = new Set<number>()

  async function answerScrape(request: Request): Promise<Response> {
    const worker = new URL(request.url).searchParams.get('worker')
    if (worker !== null && worker !== 'self') {
      return refuse(
        400,
        `expected worker=self, for the process that answers, or no worker, for all: got ${JSON.stringify(worker)}`,
      )
    }
    const budgetMs = scrapeBudgetMs(request.headers.get('x-prometheus-scrape-timeout-seconds'))
    const scrape = slots.take(request.signal, budgetMs)
    if (scrape === undefined) {
      const reason = `${MAX_SCRAPES_IN_FLIGHT} scrapes are in progress, which is the limit: try again later.`
      return refuse(503, reason, { 'retry-after': String(RETRY_AFTER_SECONDS) })
    }
    try {
      return await answerWithin(scrape, request)
    } catch (error) {
      if (scrape.isOverTime()) return fail(503, `The metrics were not ready within ${budgetMs / 1000} seconds.`)
      if (scrape.signal.aborted) return refuse(499, 'The scraper has left.')
      scrape.end()
      const why = error instanceof Error ? hidePaths(error.message, error) : error
      return fail(500, `The metrics could not be collected: ${why}`, error)
    }
  }

  async function answerWithin(scrape: ScrapeUnderWay, { headers, method, url }: Request): Promise<Response> {
    const { format, contentType } = negotiateFormat(headers.get('accept'))
    // Next drops the length and the encoding of a handler's response, but leaves those that Node's response has already.
    const nodeResponse = currentResponse()
    const acceptsGzip = nodeResponse !== undefined && prefersGzip(headers.get('accept-encoding'))
    const startedMs = performance.now()
    const { searchParams } = new URL(url)
    const snapshot = await (searchParams.has('worker') ? ownCollection : collection).join(scrape.signal)
    const selected = selectFamilies(snapshot, searchParams.getAll('name[]'))
    const { chunks, isGzip, textBytes } = await encodeExposition(selected, { format, acceptsGzip }, scrape.signal)
    scrape.signal.throwIfAborted()
    metrics.observeScrape((performance.now() - startedMs) / 1000, textBytes)

    if (isGzip) nodeResponse?.setHeader('Content-Encoding', 'gzip')
    const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
    nodeResponse?.setHeader('Content-Length', length)
    const hasBody = method !== 'HEAD'
    if (!hasBody) scrape.end()
    const body = hasBody ? bodyStream(chunks, scrape) : null
    return answer(200, body, { 'content-type': contentType, vary: 'Accept, Accept-Encoding' })
  }

  /** What whoever runs this process should know of: the first one of each status is logged. */
  function fail(status: number, reason: string, error?: unknown): Response {
    if (!logged.has(status)) {
      logged.add(status)
      const counted = `metric_handler_requests_total{code="${status}"} counts such scrapes, and this is logged once.`
      logError(`a scrape failed. ${reason} ${counted}`, error)
    }
    return refuse(status, reason)
  }

  function refuse(status: number, reason: string, headers: Record<string, string> = {}): Response {
    return answer(status, `${reason}\n`, { 'content-type': 'text/plain; charset=utf-8', ...headers })
  }

  function answer(status: number, body: BodyInit | null, headers: Record<string, string>): Response {
    requestsTotal.inc({ code: String(status) })
    return new Response(body, { status, headers: { 'cache-control': 'no-store', ...headers } })
  }

  return {
    answerScrape,
    refuseMethod: () => refuse(405, 'Metrics can only be read: GET or HEAD.', { allow: 'GET, HEAD' }),
  }
}

function prefersGzip(acceptEncoding: string | null): boolean {
  const negotiator = new Negotiator({ headers: { 'accept-encoding': acceptEncoding ?? 'identity' } })
  return negotiator.encoding(['gzip', 'identity']) === 'gzip'
}
