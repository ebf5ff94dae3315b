// The environment, parsed once. Every variable is optional; .env.example lists them.
import { isIP } from 'node:net'
import { z } from 'zod'
import { parseBytes } from './byte-size'
import { formatDuration, parseDuration } from './duration'
import type { Features } from './features'
import { FEATURE_FLAGS, NO_FEATURES, parseFeatures } from './features'
import { heapLimitBytes } from './heap-limit'
import { hideLogins } from './login'
import { perProcess } from './per-process'
import type { TargetAddress } from './target-list'
import { parseTargetList } from './target-list'
import { parseToken, readTokenFile } from './token'

export type Env = {
  /** How often each target is scraped. */
  scrapeIntervalMs: number
  /** How far back the storage remembers. */
  retentionMs: number
  /** How many series the storage holds at most of each target. */
  seriesLimit: number
  /** What a series of another target may have at most: labels, and bytes of a label's name and of its value. */
  labelLimit: number
  labelNameLengthLimit: number
  labelValueLengthLimit: number
  /** What the series of all targets may take of the heap, and their samples as much again outside of it. */
  seriesMemoryBytes: number
  /** How many label sets a metric has at most; what comes beyond is counted as `(other)`. */
  seriesLimitPerMetric: number
  /** The upper bounds of the latency histogram, ascending, without +Inf. */
  latencyBucketsSeconds: readonly number[]
  /** How many samples a query over the HTTP API may touch. */
  queryMaxSamples: number
  /** How long it may take. */
  queryTimeoutMs: number
  /** How many bytes all queries together may hold. */
  queryMemoryBytes: number
  /** Which of Prometheus's experimental features are on. */
  features: Features
  /** What is deployed, such as a git sha. */
  deployVersion: string | undefined
  /** How many live streams may be open. */
  liveStreams: number
  port: number
  /** Whether the routes exist that are slow, fail or stream on purpose. */
  demoRoutes: boolean
  /** Whether the responses of an app with the package say their time in X-Process-Time, as this repository's app does. */
  processTimeHeader: boolean
  /** The Prometheus that answers instead of this process's storage; no slash at its end. */
  prometheusUrl: string | undefined
  /** What is scraped besides this process. */
  scrapeTargets: readonly TargetAddress[]
  /** Where the history is on disk; undefined where it is in memory only. */
  dataDir: string | undefined
  /** The size of the history file that is not exceeded. */
  dataLimitBytes: number
  /** How often the history is written: what a crash costs at most. */
  flushIntervalMs: number
  /** What opens every door. A secret: never to be shown or logged. */
  token: string | undefined
  /** What opens /metrics alone, as a bearer token. A secret as well. */
  metricsToken: string | undefined
  /** The origins whose pages may read and ask. */
  origins: ReadonlySet<string>
  /** The address of the port of its own. */
  ownHost: string
  /** The port of its own; undefined where none is wanted, and `unset` where nothing is said. */
  ownPort: number | 'unset' | undefined
}

const HEAP_LIMIT_MB = heapLimitBytes() / 1024 ** 2
/** For queries: their arrays lie beside the heap, but their labels within. */
const EIGHTH_OF_HEAP = `${Math.floor(HEAP_LIMIT_MB / 8)}MB`
/** An app without series takes some of the heap, too: they get a third of what is left. */
const APP_MB = 96
const THIRD_OF_REST = `${Math.max(4, Math.floor((HEAP_LIMIT_MB - APP_MB) / 3))}MB`

const DEFAULT_BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

const timing = z
  .object({
    SCRAPE_INTERVAL: duration({ least: '100ms', most: '1h', unset: '1s' }),
    RETENTION: duration({ least: '1m', most: '1y', unset: '1h' }),
  })
  .check(({ value, issues }) => {
    if (value.RETENTION > value.SCRAPE_INTERVAL) return
    const interval = formatDuration(value.SCRAPE_INTERVAL)
    const retention = formatDuration(value.RETENTION)
    const message = `expected more than SCRAPE_INTERVAL, which is ${interval}, got ${retention}`
    issues.push({ code: 'custom', path: ['RETENTION'], message, input: value })
  })

const others = z.object({
  SERIES_LIMIT: wholeNumberFrom(1, 10_000_000).default(20_000),
  LABEL_LIMIT: wholeNumberFrom(3, 1_000).default(64),
  LABEL_NAME_LENGTH_LIMIT: wholeNumberFrom(1, 64_000).default(1_024),
  LABEL_VALUE_LENGTH_LIMIT: wholeNumberFrom(1, 64_000).default(2_048),
  SERIES_MEMORY: bytes({ least: '1MB', most: '1TB', unset: THIRD_OF_REST }),
  SERIES_LIMIT_PER_METRIC: wholeNumberFrom(1, 1_000_000).default(2_000),
  LATENCY_BUCKETS: buckets().default(DEFAULT_BUCKETS_SECONDS),
  QUERY_MAX_SAMPLES: wholeNumberFrom(1_000, 1_000_000_000).default(20_000_000),
  QUERY_TIMEOUT: duration({ least: '1s', most: '10m', unset: '30s' }),
  QUERY_MEMORY: bytes({ least: '1MB', most: '1TB', unset: EIGHTH_OF_HEAP }),
  ENABLE_FEATURES: featureFlags().default(NO_FEATURES),
  LIVE_STREAMS: wholeNumberFrom(1, 100_000).default(500),
  DEPLOY_VERSION: version().optional(),
  PORT: wholeNumberFrom(0, 65_535).default(3000),
  DEMO_ROUTES: zeroOrOne().default(false),
  PROCESS_TIME_HEADER: zeroOrOne().default(false),
  PROMETHEUS_URL: httpUrl().optional(),
  SCRAPE_TARGETS: targetList().default([]),
})

const history = z.object({
  DATA_DIR: path().default('.hearth'),
  DATA_LIMIT: bytes({ least: '16MB', most: '1TB', unset: '1GB' }),
  FLUSH_INTERVAL: duration({ least: '1s', most: '1m', unset: '5s' }),
})

const protection = z
  .object({
    HEARTH_TOKEN: secret(parseToken).optional(),
    HEARTH_TOKEN_FILE: secret(readTokenFile).optional(),
    METRICS_TOKEN: secret(parseToken).optional(),
    METRICS_TOKEN_FILE: secret(readTokenFile).optional(),
    HEARTH_ORIGINS: origins().default([]),
    HEARTH_HOST: host().default('127.0.0.1'),
    HEARTH_PORT: portOrNone().optional(),
  })
  .check(({ value, issues }) => {
    for (const name of ['HEARTH_TOKEN', 'METRICS_TOKEN'] as const) {
      if (value[name] === undefined || value[`${name}_FILE`] === undefined) continue
      const message = `expected ${name} or ${name}_FILE, got both`
      issues.push({ code: 'custom', path: [`${name}_FILE`], message, input: undefined })
    }
  })

/** An intersection reports what is wrong in all, even where one of them could not be read. */
const variables = timing.and(others).and(history).and(protection)

/**
 * An empty one counts as unset, but for these: an empty DATA_DIR says that nothing is wanted on disk, an empty HEARTH_PORT
 * that no port of its own is, and an empty token is most likely a substitution that has failed, which must not open what
 * was to be closed.
 */
const KEPT_EMPTY: ReadonlySet<string> = new Set([
  'DATA_DIR',
  'HEARTH_PORT',
  'HEARTH_TOKEN',
  'HEARTH_TOKEN_FILE',
  'METRICS_TOKEN',
  'METRICS_TOKEN_FILE',
])

/** Throws one Error that lists every wrong variable, what it should be and what it is. */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const isSet = ([name, text]: [string, unknown]) => text !== '' || KEPT_EMPTY.has(name)
  const result = variables.safeParse(Object.fromEntries(Object.entries(source).filter(isSet)))
  if (!result.success) {
    const lines = result.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`)
    throw new Error(`The environment is wrong:\n${lines.join('\n')}`)
  }
  const parsed = result.data
  return {
    scrapeIntervalMs: parsed.SCRAPE_INTERVAL,
    retentionMs: parsed.RETENTION,
    seriesLimit: parsed.SERIES_LIMIT,
    labelLimit: parsed.LABEL_LIMIT,
    labelNameLengthLimit: parsed.LABEL_NAME_LENGTH_LIMIT,
    labelValueLengthLimit: parsed.LABEL_VALUE_LENGTH_LIMIT,
    seriesMemoryBytes: parsed.SERIES_MEMORY,
    seriesLimitPerMetric: parsed.SERIES_LIMIT_PER_METRIC,
    latencyBucketsSeconds: parsed.LATENCY_BUCKETS,
    queryMaxSamples: parsed.QUERY_MAX_SAMPLES,
    queryTimeoutMs: parsed.QUERY_TIMEOUT,
    queryMemoryBytes: parsed.QUERY_MEMORY,
    features: parsed.ENABLE_FEATURES,
    liveStreams: parsed.LIVE_STREAMS,
    deployVersion: parsed.DEPLOY_VERSION,
    port: parsed.PORT,
    demoRoutes: parsed.DEMO_ROUTES,
    processTimeHeader: parsed.PROCESS_TIME_HEADER,
    prometheusUrl: parsed.PROMETHEUS_URL,
    scrapeTargets: parsed.SCRAPE_TARGETS,
    dataDir: parsed.DATA_DIR === '' ? undefined : parsed.DATA_DIR,
    dataLimitBytes: parsed.DATA_LIMIT,
    flushIntervalMs: parsed.FLUSH_INTERVAL,
    token: parsed.HEARTH_TOKEN ?? parsed.HEARTH_TOKEN_FILE,
    metricsToken: parsed.METRICS_TOKEN ?? parsed.METRICS_TOKEN_FILE,
    origins: new Set(parsed.HEARTH_ORIGINS),
    ownHost: parsed.HEARTH_HOST,
    ownPort: parsed.HEARTH_PORT === 'none' ? undefined : (parsed.HEARTH_PORT ?? 'unset'),
  }
}

/** The environment of this process, parsed at the first call. Throws as `parseEnv` does. */
export function env(): Env {
  return perProcess('env', () => parseEnv(process.env))
}

/** A variable whose text `parse` turns into a value, or into undefined where it isn't what was expected. */
function variable<T>(expected: string, parse: (text: string) => T | undefined) {
  return z.string().transform((text, context) => {
    const value = parse(text)
    if (value !== undefined) return value
    context.addIssue({ code: 'custom', message: `expected ${expected}, got ${JSON.stringify(hideLogins(text))}` })
    return z.NEVER
  })
}

/** A variable whose text is not repeated: `read` throws an Error that says what was expected. */
function secret(read: (text: string) => string) {
  return z.string().transform((text, context) => {
    try {
      return read(text)
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) })
      return z.NEVER
    }
  })
}

/** What a variable may be, and what it is where it is unset: that is also the example in the message. */
type Range = { least: string; most: string; unset: string }

function duration({ least, most, unset }: Range) {
  return variable(`a duration from ${least} to ${most}, such as ${unset}`, (text) => {
    try {
      const ms = parseDuration(text)
      return ms >= parseDuration(least) && ms <= parseDuration(most) ? ms : undefined
    } catch {
      return undefined
    }
  }).default(parseDuration(unset))
}

function bytes({ least, most, unset }: Range) {
  return variable(`a size from ${least} to ${most}, such as ${unset}`, (text) => {
    const size = parseBytes(text)
    return size >= parseBytes(least) && size <= parseBytes(most) ? size : undefined
  }).default(parseBytes(unset))
}

function wholeNumberFrom(least: number, most: number) {
  return variable(`a whole number from ${least} to ${most}`, (text) => {
    const count = /^\d+$/.test(text) ? Number(text) : Number.NaN
    return count >= least && count <= most ? count : undefined
  })
}

function portOrNone() {
  return variable('a port from 0 to 65535, or nothing where none is wanted', (text) => {
    if (text === '') return 'none' as const
    return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined
  })
}

function zeroOrOne() {
  return variable('0 or 1', (text) => (text === '0' || text === '1' ? text === '1' : undefined))
}

function featureFlags() {
  return variable(`names out of ${FEATURE_FLAGS.join(', ')}, separated by commas`, parseFeatures)
}

function buckets() {
  return variable('positive seconds in ascending order, such as 0.01,0.1,1', (text) => {
    const bounds = text.split(',').map((bound) => (bound.trim() === '' ? Number.NaN : Number(bound)))
    const isAscending = bounds.every((bound, i) => Number.isFinite(bound) && bound > (bounds[i - 1] ?? 0))
    return isAscending ? bounds : undefined
  })
}

function httpUrl() {
  return variable('an http or https URL', (text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined
    return url?.protocol === 'http:' || url?.protocol === 'https:' ? text.trim().replace(/\/+$/, '') : undefined
  })
}

function version() {
  return variable('a version of 1 to 200 characters, such as a git sha', (text) => {
    const trimmed = text.trim()
    return /^\P{Cc}{1,200}$/u.test(trimmed) ? trimmed : undefined
  })
}

function path() {
  return variable('a path', (text) => (text.includes('\0') ? undefined : text))
}

function origins() {
  return variable('origins such as https://grafana.example, separated by commas', (text) => {
    const parts = text.split(',').map((part) => part.trim())
    const isOrigin = (part: string) => /^https?:/.test(part) && URL.canParse(part) && new URL(part).origin === part
    return parts.every(isOrigin) ? parts : undefined
  })
}

function host() {
  const isName = (text: string) => /^[\w.-]+$/.test(text) || isIP(text) !== 0
  return variable('an address or a name of this machine', (text) => (isName(text) ? text : undefined))
}

function targetList() {
  return variable('http or https URLs, each with or without job= before it, separated by commas', parseTargetList)
}
