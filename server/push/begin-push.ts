// Begins to send what is scraped to the receivers that the environment names. Loaded where it names one, and nowhere else.
import type { Env } from '../env'
import { collectNow } from '../exposition/collect-now'
import { processWorkers } from '../exposition/workers/process-workers'
import { processMetrics } from '../instrument/merged-registries'
import { processRegistry } from '../instrument/registry'
import { logError } from '../log'
import { authorizationOf, shownUrl } from '../login'
import type { RequestHeaders } from '../request-headers'
import type { ScrapeLoop } from '../scrape/scrape-loop'
import { shutdownSignal } from '../shutdown'
import { flushAfterResponses } from './after-response'
import { deliverAtExit } from './deliver-at-exit'
import type { Delivery } from './delivery'
import { createDelivery } from './delivery'
import type { Destination } from './post'
import type { Push } from './process-push'
import { processPush } from './process-push'
import { declarePushMetrics } from './push-metrics'
import { createRemoteWrite, REMOTE_WRITE_HEADERS } from './remote-write'

/** How long `flush` may take: some platforms count it as time of the request. */
const FLUSH_MS = 2_000
/** How long the end of the process waits for receivers: with SHUTDOWN_GRACES it is still less than Docker and Kubernetes wait. */
const EXIT_MS = 1_500

export type PushOptions = {
  environment: Env
  loop: ScrapeLoop
  /** Whether this process is the one of its app's workers that sends: all of them have the same samples. */
  isSender: () => boolean
}

export function beginPush({ environment, isSender, loop }: PushOptions): void {
  const { flushIntervalMs, remoteWriteHeaders, remoteWriteUrl, scrapeIntervalMs } = environment
  if (remoteWriteUrl === undefined) return
  const countsOf = declarePushMetrics(processRegistry())
  const destination = destinationOf(remoteWriteUrl, { ...remoteWriteHeaders, ...REMOTE_WRITE_HEADERS })
  const url = shownUrl(remoteWriteUrl)
  const waitingSamples = () => delivery.waitingSamples() + remoteWrite.openSamples()
  const counts = countsOf({ remote_name: 'remote_write', url, waitingSamples })
  const delivery: Delivery = createDelivery({ name: `remote write to ${url}`, destination, counts })
  const remoteWrite = createRemoteWrite(delivery, counts)

  let asked = { atMs: Number.NaN, isSender: false }
  let flushing: Promise<void> | undefined
  let nextFlush: Promise<void> | undefined
  let flushedMs = Number.NEGATIVE_INFINITY

  /** The samples of one instant are sent by one process. */
  function sends(timestampMs: number): boolean {
    if (timestampMs !== asked.atMs) asked = { atMs: timestampMs, isSender: isSender() }
    return asked.isSender
  }

  async function flushNow(): Promise<void> {
    flushedMs = performance.now()
    try {
      await loop.scrapeNow()
      remoteWrite.close()
      await delivery.flush(FLUSH_MS)
    } catch (error) {
      logError('what was counted could not be sent.', error)
    }
  }

  /** Who comes while one is under way shares the next one, which comes no sooner than a scrape would. */
  function flush(): Promise<void> {
    nextFlush ??= (async () => {
      await flushing
      const leftMs = flushedMs + Math.min(scrapeIntervalMs, 1000) - performance.now()
      if (leftMs > 0) await new Promise((resolve) => setTimeout(resolve, leftMs))
      nextFlush = undefined
      flushing = flushNow()
      await flushing
    })()
    return nextFlush
  }

  function end(): void {
    // Where other workers go on, so do the app's series: one of them sends what this one has published.
    if ((processWorkers()?.status().running ?? 1) > 1) remoteWrite.close()
    else {
      loop.scrapeLast(collectNow(processMetrics(), { withCreated: false }))
      remoteWrite.endAll()
    }
    const left = delivery.stop()
    const [statuses = []] = deliverAtExit([{ destination, bodies: left.map(({ body }) => body) }], EXIT_MS)
    const lost = left.filter((_, place) => !isTaken(statuses[place])).reduce((sum, { samples }) => sum + samples, 0)
    if (lost > 0) logError(`remote write to ${url}: ${lost} samples could not be sent before the end of the process.`)
  }

  const push: Push = {
    append(labels, timestampMs, value) {
      if (sends(timestampMs)) remoteWrite.append(labels, timestampMs, value)
    },
    markStale(labels, timestampMs) {
      if (sends(timestampMs)) remoteWrite.markStale(labels, timestampMs)
    },
    flush,
  }
  processPush().push = push
  setInterval(remoteWrite.close, flushIntervalMs).unref()
  shutdownSignal().addEventListener('abort', () => {
    remoteWrite.close()
    void delivery.flush(FLUSH_MS)
  })
  // Before the history is written for the last time.
  process.prependOnceListener('exit', end)
  flushAfterResponses(flush)
}

const isTaken = (status = 0) => status >= 200 && status < 300

/** A login in the URL becomes a header, unless one is given. */
function destinationOf(text: string, headers: RequestHeaders): Destination {
  const url = new URL(text)
  const login = authorizationOf(url)
  url.username = ''
  url.password = ''
  return { url: url.href, headers: { 'user-agent': 'hearth', ...(login && { authorization: login }), ...headers } }
}
