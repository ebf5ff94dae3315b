// Finds the targets that the entries of SCRAPE_TARGETS stand for, again and again: addresses that DNS has, and what is in files.
import { lookup } from 'node:dns/promises'
import { networkInterfaces } from 'node:os'
import { declareCounter, declareGauge } from '../instrument/declare'
import type { Counter } from '../instrument/metric-types'
import type { OurRegistry } from '../instrument/registry'
import { logError, logInfo } from '../log'
import type { SearchedTargets, TargetAddress } from '../target-list'
import { portOf } from '../target-list'
import type { Found } from './target-files'
import { readTargetFiles } from './target-files'
import { targetKey } from './target-key'

/** How often DNS is asked, and files are looked at. */
const DNS_INTERVAL_MS = 10_000
const FILE_INTERVAL_MS = 5_000
/** Of one entry; what is beyond is left out, and said. */
export const DISCOVERED_TARGETS_LIMIT = 500

/** How an entry of SCRAPE_TARGETS fares that has to be looked up. */
export type DiscoveryStatus = {
  /** As it was written, without a login and a query. */
  name: string
  /** How many targets it has now. */
  targets: number
  /** Why it could not be looked up the last time, or what of it was left out: it then has the targets of before. */
  error: string | undefined
  /** How often it could not. */
  failures: number
}

export type Discovery = {
  start(): void
  stop(): void
  /** Of each entry, in their order. */
  status(): DiscoveryStatus[]
}

export type DiscoveryOptions = {
  entries: readonly SearchedTargets[]
  /** A target that DNS has and that is this process is left out: port and addresses are compared. Undefined: unknown. */
  ownPort: string | undefined
  /** Hears of all targets whenever they have changed. No two have the same job and instance: that of the first entry counts. */
  onTargets(targets: readonly TargetAddress[]): void
  /** For tests. */
  resolve?(host: string): Promise<string[]>
  ownAddresses?(): ReadonlySet<string>
}

type Source = { status: DiscoveryStatus; targets: readonly TargetAddress[]; intervalMs: number; look(): Promise<Found> }

export function createDiscovery(options: DiscoveryOptions): Discovery {
  const { entries, onTargets, resolve = addressesOf, ownAddresses = addressesHere, ownPort } = options
  const sources: Source[] = entries.map((entry) => {
    const status = { name: entry.name, targets: 0, error: undefined, failures: 0 }
    if (entry.kind === 'file') {
      return { status, targets: [], intervalMs: FILE_INTERVAL_MS, look: readTargetFiles(entry.file, entry.job) }
    }
    const look = async () => ({ targets: await resolved(entry.address), problem: undefined })
    return { status, targets: [], intervalMs: DNS_INTERVAL_MS, look }
  })
  const timers = new Set<NodeJS.Timeout>()
  let isRunning = false
  let told = ''

  async function resolved(address: TargetAddress): Promise<TargetAddress[]> {
    const url = new URL(address.url)
    const port = portOf(url)
    const own = port === ownPort ? ownAddresses() : undefined
    const hosts = await resolve(url.hostname.replace(/^\[|\]$/g, ''))
    return [...new Set(hosts)]
      .filter((host) => own?.has(host) !== true)
      .sort()
      .map((host) => ({ ...address, host, instance: `${host.includes(':') ? `[${host}]` : host}:${port}` }))
  }

  async function refresh(source: Source): Promise<void> {
    const { status } = source
    const before = status.error
    try {
      const { problem, targets } = await source.look()
      const excess = targets.length - DISCOVERED_TARGETS_LIMIT
      source.targets = targets.slice(0, DISCOVERED_TARGETS_LIMIT)
      status.error = excess > 0 ? `${excess} targets more than ${DISCOVERED_TARGETS_LIMIT} are left out` : problem
      if (status.error !== undefined) status.failures++
    } catch (error) {
      status.error = error instanceof Error ? error.message : String(error)
      status.failures++
    }
    if (status.error !== undefined && status.error !== before) logError(`${status.name}: ${status.error}.`)
    if (status.error === undefined && before !== undefined) logInfo(`${status.name}: can be looked up again.`)
    status.targets = source.targets.length
    if (!isRunning) return
    tell()
    const timer = setTimeout(() => {
      timers.delete(timer)
      void refresh(source)
    }, source.intervalMs)
    timer.unref()
    timers.add(timer)
  }

  function tell(): void {
    const byKey = new Map<string, TargetAddress>()
    for (const target of sources.flatMap(({ targets }) => targets)) {
      const key = targetKey(target)
      if (!byKey.has(key)) byKey.set(key, target)
    }
    const targets = [...byKey.values()]
    const text = JSON.stringify(targets)
    if (text === told) return
    told = text
    onTargets(targets)
  }

  return {
    start() {
      if (isRunning) return
      isRunning = true
      for (const source of sources) void refresh(source)
    },
    stop() {
      isRunning = false
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
    },
    status: () => sources.map(({ status }) => ({ ...status })),
  }
}

/** As the system resolves names, with its hosts file and search domains. A name that isn't there has no addresses. */
async function addressesOf(host: string): Promise<string[]> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOTFOUND') return []
    throw new Error(`the name cannot be looked up (${code ?? error})`, { cause: error })
  }
}

function addressesHere(): ReadonlySet<string> {
  return new Set(Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address)))
}

/** Declares the metrics of the discovery in `registry`, if it has something to look up. */
export function declareDiscoveryMetrics(registry: OurRegistry, status: () => readonly DiscoveryStatus[]): void {
  const names = status().map(({ name }) => ({ entry: name }))
  if (names.length === 0) return
  const counted = new Map<string, number>()
  const failures: Counter<'entry'> = declareCounter(registry, {
    name: 'hearth_discovery_failures_total',
    help: 'Times that an entry of SCRAPE_TARGETS could not be looked up, or only in part.',
    labels: ['entry'],
    startAt0: names,
    // Metrics are collected in the order of their declaration, so the first one reads for both.
    collect() {
      for (const { failures: total, name, targets: count } of status()) {
        targets.set({ entry: name }, count)
        failures.inc({ entry: name }, Math.max(0, total - (counted.get(name) ?? 0)))
        counted.set(name, total)
      }
    },
  })
  const targets = declareGauge(registry, {
    name: 'hearth_discovery_targets',
    help: 'Targets that an entry of SCRAPE_TARGETS has.',
    labels: ['entry'],
  })
}
