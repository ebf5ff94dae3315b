// What happens once, when the process starts.
import { processBoardFiles } from './board-files'
import type { Env } from './env'
import { env, isPushing } from './env'
import { refuseOddMethods } from './exposition/endpoint/odd-methods'
import { collectApp, joinApp, processWorkers, startWorkers } from './exposition/workers/process-workers'
import { declareAnnotations } from './instrument/annotations'
import { declareBuildInfo } from './instrument/build-info'
import { followFastify } from './instrument/follow-fastify'
import { measureRequests } from './instrument/measure-requests'
import { metricHandler } from './instrument/metric-handler'
import { metrics } from './instrument/metrics'
import { processRegistry } from './instrument/registry'
import { hearOfProxyErrors } from './instrument/request-error'
import { declareRuntimeMetrics } from './instrument/runtime-metrics'
import { logError, logInfo } from './log'
import { refuseOddRequests } from './odd-requests'
import { outside } from './outside'
import { perProcess } from './per-process'
import { processPush } from './push/process-push'
import { createDiscovery, declareDiscoveryMetrics } from './scrape/discover-targets'
import { createHttpTarget } from './scrape/http-target'
import type { ProcessScrape } from './scrape/process-scrape'
import { setProcessScrape } from './scrape/process-scrape'
import { createScrapeLoop } from './scrape/scrape-loop'
import { createSeriesMemory } from './scrape/series-memory'
import type { Sink, Target } from './scrape/target'
import { targetKey } from './scrape/target-key'
import { shutdownSignal } from './shutdown'
import type { History } from './storage/disk/history'
import { declareHistoryMetrics } from './storage/disk/history-metrics'
import { processHistory } from './storage/disk/process-history'
import { processExemplars } from './storage/process-exemplars'
import { processStorage } from './storage/process-storage'
import { declareStorageMetrics } from './storage/storage-metrics'
import type { TargetAddress } from './target-list'
import { portOf } from './target-list'
import { thisProcess } from './this-process'
import { isInPackage, variableName } from './variable-name'
import { endWithSlash } from './web/end-with-slash'
import type { GuardedPages } from './web/guard-pages'
import { FIRST_PAGE, guardPages } from './web/guard-pages'
import { markPeers } from './web/peer'
import { processDoor, whoMayLook } from './web/process-door'

/** How long a scrape may take: Prometheus's default. */
const SCRAPE_TIMEOUT_MS = 10_000

/**
 * Starts to measure and to remember; `pages` are those that Next renders, in this repository's app. Later calls in the
 * same process change nothing. A wrong environment ends the process with the list of what is wrong; in an app with the package it
 * never does, and what can't be used is said.
 */
export function start(pages?: GuardedPages): void {
  outside(() => {})
  perProcess('start', () => {
    const environment = orExit(env)
    joinApp(environment)
    const { origin } = orExit(thisProcess)
    const address = origin + (pages?.basePath ?? '')
    const loop = orExit(() => loopFor(environment, address))
    shutdownSignal()
    declareRuntimeMetrics(processRegistry())
    metricHandler(processRegistry())
    declareBuildInfo(environment.deployVersion)
    declareAnnotations()
    markPeers()
    if (pages !== undefined) guardPages(pages, processDoor())
    if (pages?.trailingSlash) endWithSlash(pages.basePath)
    // Before requests are changed, so that they are counted as they came.
    measureRequests(metrics(), { sendsTime: pages !== undefined || environment.processTimeHeader })
    hearOfProxyErrors()
    followFastify()
    // Of other apps, every request is answered as if nobody measured.
    if (pages !== undefined) {
      refuseOddMethods()
      refuseOddRequests()
    }
    declareStorageMetrics(processRegistry(), processStorage())
    setProcessScrape(loop)
    declareDiscoveryMetrics(processRegistry(), loop.discovered)
    const history = processHistory()
    if (history !== undefined) keepHistory(history)
    const isChosen = (isFirst: boolean) => (isFirst ? !isHistoryElsewhere(history) : history?.status().state === 'disk')
    startWorkers(environment, isChosen)
    if (isPushing(environment)) void beginPushing(environment, loop, isChosen)
    else loop.start()
    processBoardFiles()
    const served = `dashboard at ${address}${FIRST_PAGE}, metrics at ${address}/metrics`
    if (pages !== undefined) logInfo(`${served}. ${whoMayLook(environment, new URL(origin).hostname)}`)
    return true
  })
}

/** An app goes on without targets that can't be told apart. */
function loopFor(environment: Env, address: string): ProcessScrape {
  try {
    return scrapeLoopFor(environment, address)
  } catch (error) {
    if (!isInPackage() || !(error instanceof Error)) throw error
    const name = variableName('SCRAPE_TARGETS')
    logError(`the variable ${name} is wrong, so its default is used: ${error.message}.`)
    return scrapeLoopFor({ ...environment, scrapeTargets: { fixed: [], searched: [] } }, address)
  }
}

/** `address` is where this app is reached. Throws an Error where another target has this process's job and instance. */
function scrapeLoopFor(environment: Env, address: string): ProcessScrape {
  const { labelLimit, labelNameLengthLimit, labelValueLengthLimit } = environment
  const { scrapeIntervalMs, scrapeTargets, seriesLimit, seriesMemoryBytes } = environment
  const { job, instance } = thisProcess()
  const ownTarget: Target = {
    job,
    instance,
    url: `${address}/metrics`,
    timeoutMs: SCRAPE_TIMEOUT_MS,
    collect: (signal) => collectApp({ signal, withCreated: false }),
    get countsSinceMs() {
      return processWorkers()?.countsSinceMs() ?? Math.floor(performance.timeOrigin)
    },
  }
  // As in Prometheus, a scrape that has not ended when the next one is due has failed.
  const timeoutMs = Math.min(SCRAPE_TIMEOUT_MS, scrapeIntervalMs)
  const memoryOf = createSeriesMemory({
    limitBytes: seriesMemoryBytes,
    targetCount: () => loop.targets().length - 1,
    roomFor: processStorage().roomFor,
    refuse: processStorage().refuseForMemory,
  })
  const targetAt = (address: TargetAddress) =>
    createHttpTarget(address, {
      timeoutMs,
      sampleLimit: seriesLimit,
      labelLimit,
      labelNameLengthLimit,
      labelValueLengthLimit,
      memory: memoryOf({ job: address.job, instance: address.instance }),
    })
  const fixed = scrapeTargets.fixed.map(targetAt)
  const taken = new Set([ownTarget, ...fixed].map(targetKey))
  const loop = createScrapeLoop({
    intervalMs: scrapeIntervalMs,
    thisProcess: ownTarget,
    others: fixed,
    sink: isPushing(environment) ? sinkThatPushes(processSink()) : processSink(),
  })
  /** The targets that were found, by all that is known of them: what has not changed goes on. */
  let found = new Map<string, Target>()
  const discovery = createDiscovery({
    entries: scrapeTargets.searched,
    ownPort: portOf(new URL(address)),
    onTargets(addresses) {
      const known = found
      found = new Map()
      for (const one of addresses) {
        if (taken.has(targetKey(one))) continue
        const text = JSON.stringify(one)
        found.set(text, known.get(text) ?? targetAt(one))
      }
      loop.setOthers([...fixed, ...found.values()])
    },
  })
  return {
    ...loop,
    discovered: discovery.status,
    start() {
      loop.start()
      discovery.start()
    },
    stop() {
      discovery.stop()
      loop.stop()
    },
  }
}

/** The storage takes the samples, and what samples bring with them goes to a storage of its own. */
function processSink(): Sink {
  const [storage, exemplars] = [processStorage(), processExemplars()]
  return {
    ...storage,
    appendExemplar: exemplars.append,
    setBack(newestMs) {
      storage.setBack(newestMs)
      exemplars.setBack(newestMs)
    },
  }
}

/** What the storage takes is sent as well. */
function sinkThatPushes(sink: Sink): Sink {
  const holder = processPush()
  return {
    ...sink,
    append(labels, timestampMs, value) {
      const isTaken = sink.append(labels, timestampMs, value)
      if (isTaken) holder.push?.append(labels, timestampMs, value)
      return isTaken
    },
    markStale(labels, timestampMs) {
      const isTaken = sink.markStale(labels, timestampMs)
      if (isTaken) holder.push?.markStale(labels, timestampMs)
      return isTaken
    },
  }
}

/** Loads what sends, which most apps don't need, before the first scrape. */
async function beginPushing(
  environment: Env,
  loop: ProcessScrape,
  isChosen: (isFirst: boolean) => boolean,
): Promise<void> {
  try {
    const { beginPush } = await import('./push/begin-push')
    beginPush({ environment, loop, isSender: () => isChosen(processWorkers()?.status().isFirst ?? true) })
  } catch (error) {
    logError('what is scraped can not be sent.', error)
  }
  loop.start()
}

/** Of several processes one has the history, and does what only one may do; where none can have it, the first of them does. */
const isHistoryElsewhere = (history: History | undefined): boolean => history?.status().problem?.kind === 'locked'

/** From now on until the very end: what is scraped after the signal to end is written as well. */
function keepHistory(history: History): void {
  declareHistoryMetrics(processRegistry(), history)
  history.start()
  shutdownSignal().addEventListener('abort', () => void history.flush())
  process.once('exit', () => history.flushNow())
}

/** Ends the process, saying why, where its environment can't be worked with. */
function orExit<T>(attempt: () => T): T {
  try {
    return attempt()
  } catch (error) {
    logError(error instanceof Error ? error.message : String(error))
    process.exit(1)
  }
}
