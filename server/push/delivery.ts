// The requests that wait for a receiver, and who sends them: one after the other in their order, again and again where that can
// help. What waits is bounded: what is oldest goes when there is too much, and is counted.
import { formatBytes } from '../byte-size'
import { heapLimitBytes } from '../heap-limit'
import { logError, logInfo } from '../log'
import { outside } from '../outside'
import type { Destination, Outcome } from './post'
import { post } from './post'

/** What waits at most: 20 minutes of an app with 700 series at an interval of one second. */
export const QUEUE_SAMPLES = 1_000_000
/** As it is sent, compressed. */
export const QUEUE_BYTES = Math.min(32 * 1024 ** 2, Math.floor(heapLimitBytes() / 16))
/** After a failure: twice as long each time, from Prometheus's `min_backoff` to its `max_backoff`. */
const FIRST_PAUSE_MS = 30
const LONGEST_PAUSE_MS = 5_000
/** What a receiver refuses is said so often at most. */
const SAY_REFUSED_MS = 60_000

/** A request as it is sent. */
export type EncodedRequest = { body: Uint8Array<ArrayBuffer>; samples: number; newestMs: number }

/** Hears what becomes of samples. */
export type DeliveryCounts = {
  sent(request: EncodedRequest, seconds: number, rejectedSamples: number): void
  /** Refused for good. */
  failed(samples: number): void
  /** Not taken, to be sent again. */
  retried(samples: number): void
  /** There was no room for them. */
  dropped(samples: number): void
}

export type DeliveryOptions = {
  /** In the log, such as `remote write to http://localhost:9090/api/v1/write`: without secrets. */
  name: string
  destination: Destination
  counts: DeliveryCounts
  /** How many samples a receiver has not taken although it says that it has taken the request. */
  rejectedIn?: (answer: Buffer) => number
  bounds?: { samples: number; bytes: number }
  timeoutMs?: number
}

export type Delivery = {
  destination: Destination
  /** The request is sent when those before it are. */
  add(request: EncodedRequest): void
  /**
   * Sends what waits without a pause, unless the receiver has asked for one. Resolves when nothing waits any more, when an
   * attempt has failed, or when the time is over.
   */
  flush(timeoutMs: number): Promise<void>
  /** Sends nothing any more. Gives what is not known to have been taken, the oldest first. */
  stop(): EncodedRequest[]
  waitingSamples(): number
}

export function createDelivery(options: DeliveryOptions): Delivery {
  const { counts, destination, name, rejectedIn = () => 0, timeoutMs } = options
  const { bounds = { samples: QUEUE_SAMPLES, bytes: QUEUE_BYTES } } = options
  const stopped = new AbortController()
  const waiting: EncodedRequest[] = []
  /** Resolved when nothing waits, and when an attempt has failed. */
  const flushers = new Set<() => void>()
  let samples = 0
  let bytes = 0
  let underWay: EncodedRequest | undefined
  let isRunning = false
  let pause = { untilMs: 0, lengthMs: 0, isAsked: false }
  let wake = () => {}
  let problem: string | undefined
  let isFull = false
  let saidRefusedMs = Number.NEGATIVE_INFINITY

  function count(request: EncodedRequest, sign: 1 | -1): void {
    samples += sign * request.samples
    bytes += sign * request.body.length
  }

  function add(request: EncodedRequest): void {
    waiting.push(request)
    count(request, 1)
    while ((samples > bounds.samples || bytes > bounds.bytes) && waiting.length > 0) {
      const oldest = waiting.shift()
      if (oldest === undefined) break
      count(oldest, -1)
      counts.dropped(oldest.samples)
      if (!isFull)
        logError(`${name}: ${bounds.samples} samples or ${formatBytes(bounds.bytes)} wait, so the oldest go.`)
      isFull = true
    }
    outside(() => void run())
  }

  async function run(): Promise<void> {
    if (isRunning) return
    isRunning = true
    for (;;) {
      underWay ??= waiting.shift()
      if (underWay === undefined || stopped.signal.aborted) break
      const leftMs = pause.untilMs - performance.now()
      if (leftMs > 0) await sleep(leftMs)
      else await attempt(underWay)
    }
    isRunning = false
    for (const resolve of flushers) resolve()
  }

  /** Until it is woken, at the latest. */
  function sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms).unref()
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  async function attempt(request: EncodedRequest): Promise<void> {
    const begunMs = performance.now()
    const outcome = await post(destination, request.body, stopped.signal, timeoutMs)
    if (stopped.signal.aborted) return
    if (outcome.kind === 'failed') fail(request, outcome)
    else {
      if (outcome.kind === 'refused') refuse(request, outcome.words)
      else take(request, outcome.answer, (performance.now() - begunMs) / 1000)
      count(request, -1)
      underWay = undefined
      isFull = false
      pause = { untilMs: 0, lengthMs: 0, isAsked: false }
    }
  }

  function take(request: EncodedRequest, answer: Buffer, seconds: number): void {
    const rejected = Math.min(rejectedIn(answer), request.samples)
    counts.sent(request, seconds, rejected)
    if (rejected > 0) sayRefused(rejected, 'the receiver took the others of the request')
    if (problem !== undefined) logInfo(`${name} works again.`)
    problem = undefined
  }

  function refuse(request: EncodedRequest, words: string): void {
    counts.failed(request.samples)
    sayRefused(request.samples, words)
  }

  function sayRefused(count: number, words: string): void {
    if (performance.now() - saidRefusedMs < SAY_REFUSED_MS) return
    saidRefusedMs = performance.now()
    logError(`${name}: ${count} samples were refused, and are lost: ${words}.`)
  }

  function fail(request: EncodedRequest, { pauseMs, words }: Outcome & { kind: 'failed' }): void {
    counts.retried(request.samples)
    const lengthMs = Math.min(Math.max(2 * pause.lengthMs, FIRST_PAUSE_MS), LONGEST_PAUSE_MS)
    // Not all processes of a fleet come back at the same moment.
    const ownMs = lengthMs * (0.5 + Math.random() / 2)
    pause = { untilMs: performance.now() + (pauseMs ?? ownMs), lengthMs, isAsked: pauseMs !== undefined }
    if (problem === undefined) logError(`${name} fails, and is tried again: ${words}.`)
    problem = words
    for (const resolve of flushers) resolve()
  }

  return {
    destination,
    add,
    async flush(timeoutMs) {
      if (underWay === undefined && waiting.length === 0) return
      if (!pause.isAsked) pause.untilMs = 0
      wake()
      outside(() => void run())
      await new Promise<void>((resolve) => {
        const timer = setTimeout(end, timeoutMs).unref()
        function end(): void {
          clearTimeout(timer)
          flushers.delete(end)
          resolve()
        }
        flushers.add(end)
      })
    },
    stop() {
      stopped.abort()
      wake()
      return [...(underWay === undefined ? [] : [underWay]), ...waiting]
    },
    waitingSamples: () => samples,
  }
}
