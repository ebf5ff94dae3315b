// The environment, parsed once. Every variable is optional; .env.example lists them, and variable-name.ts has what they are
// called in an app with the package. There, a wrong one never ends the app.
import { z } from 'zod'
import { formatDuration } from './duration'
import {
  buckets,
  bytes,
  duration,
  featureFlags,
  host,
  httpUrl,
  label,
  onOrOff,
  origins,
  path,
  portOrNone,
  secret,
  targetList,
  traceUrlTemplate,
  version,
  wholeNumberFrom,
  word,
  zeroOrOne,
} from './env-values'
import type { Features } from './features'
import { NO_FEATURES } from './features'
import { heapLimitBytes } from './heap-limit'
import { logError } from './log'
import { isBuild } from './outside'
import { perProcess } from './per-process'
import type { RequestHeaders } from './request-headers'
import { parseHeaders, readHeadersFile } from './request-headers'
import type { TargetList } from './target-list'
import { parseToken, readTokenFile } from './token'
import { isInPackage, variableName } from './variable-name'

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
  /** Whether messages, stacks and requested paths of exceptions are kept and shown. */
  errorDetails: boolean
  /** The Prometheus that answers instead of this process's storage; no slash at its end. */
  prometheusUrl: string | undefined
  /** What it is sent with every question. Secrets. */
  prometheusHeaders: RequestHeaders
  /** Where samples are sent by Prometheus's remote write. */
  remoteWriteUrl: string | undefined
  /** What is sent there with every request. Secrets. */
  remoteWriteHeaders: RequestHeaders
  /** A folder whose JSON files are boards in Grafana's model. */
  boards: string | undefined
  /** Where a trace is shown: a URL with `{trace_id}`, and perhaps `{span_id}`, in it. */
  traceUrlTemplate: string | undefined
  /** What is scraped besides this process. */
  scrapeTargets: TargetList
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
  /**
   * The variables of tokens that are wrong: nobody has those tokens, and no door is open that they were to close. Only in an app
   * with the package; elsewhere the process has ended.
   */
  wrongTokens: ReadonlySet<string>
  /** What this process's series have as their job. */
  job: string
  /** And as their instance, where that is said. */
  instance: string | undefined
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
    const message = `expected more than ${variableName('SCRAPE_INTERVAL')}, which is ${interval}, got ${retention}`
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
  ERROR_DETAILS: onOrOff().default(true),
  PROMETHEUS_URL: httpUrl().optional(),
  REMOTE_WRITE_URL: httpUrl().optional(),
  TRACE_URL_TEMPLATE: traceUrlTemplate().optional(),
  SCRAPE_TARGETS: targetList().default({ fixed: [], searched: [] }),
  BOARDS: path().optional(),
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
    PROMETHEUS_HEADERS: secret(parseHeaders).optional(),
    PROMETHEUS_HEADERS_FILE: secret(readHeadersFile).optional(),
    REMOTE_WRITE_HEADERS: secret(parseHeaders).optional(),
    REMOTE_WRITE_HEADERS_FILE: secret(readHeadersFile).optional(),
    HEARTH_ORIGINS: origins().default([]),
    HEARTH_JOB: word().default('hearth'),
    HEARTH_INSTANCE: label().optional(),
    HEARTH_HOST: host().default('127.0.0.1'),
    HEARTH_PORT: portOrNone().optional(),
  })
  .check(({ value, issues }) => {
    for (const name of ['HEARTH_TOKEN', 'METRICS_TOKEN', 'PROMETHEUS_HEADERS', 'REMOTE_WRITE_HEADERS'] as const) {
      if (value[name] === undefined || value[`${name}_FILE`] === undefined) continue
      const message = `expected ${variableName(name)} or ${variableName(`${name}_FILE`)}, got both`
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

const NAMES = [timing, others, history, protection].flatMap(({ shape }) => Object.keys(shape))

type Source = Readonly<Record<string, string | undefined>>

/** Throws one Error that lists every wrong variable, what it should be and what it is. */
export function parseEnv(source: Source): Env {
  const result = variables.safeParse(valuesIn(source))
  if (result.success) return toEnv(result.data, new Set())
  const lines = result.error.issues.map((issue) => `  ${variableName(nameOf(issue))}: ${issue.message}`)
  throw new Error(`Wrong environment variables:\n${lines.join('\n')}`)
}

/** The same with the default in the place of what is wrong, and a sentence on each of these. */
export function readEnv(source: Source): { env: Env; wrong: string[] } {
  const values = valuesIn(source)
  const wrongTokens = new Set<string>()
  const wrong: string[] = []
  // Each round takes away what is wrong, and without any variable nothing is.
  for (;;) {
    const result = variables.safeParse(values)
    if (result.success) return { env: toEnv(result.data, wrongTokens), wrong }
    for (const issue of result.error.issues) {
      const name = nameOf(issue)
      const [token] = /^.+_TOKEN(?=$|_FILE$)/.exec(name) ?? []
      if (name === 'RETENTION' && values.RETENTION === undefined) {
        // Even the default is too short for it.
        delete values.SCRAPE_INTERVAL
        wrong.push(sentenceOn('SCRAPE_INTERVAL', `expected less than ${variableName('RETENTION')}`))
        continue
      }
      for (const one of token === undefined ? [name] : [token, `${token}_FILE`]) delete values[one]
      if (token !== undefined) wrongTokens.add(variableName(name))
      // What the app calls so may be something else than ours, such as the path of a socket.
      if (name !== 'PORT') wrong.push(sentenceOn(name, issue.message))
    }
  }
}

function sentenceOn(name: string, message: string): string {
  const instead = name.includes('_TOKEN') ? 'no token opens what it was to close' : 'its default is used'
  return `the variable ${variableName(name)} is wrong, so ${instead}: ${message}.`
}

const nameOf = ({ path }: { path: readonly PropertyKey[] }) => path.join('.')

/** Under the names that `.env.example` has. */
function valuesIn(source: Source): Record<string, string> {
  const values: Record<string, string> = {}
  for (const name of NAMES) {
    const text = source[variableName(name)]
    if (text !== undefined && (text !== '' || KEPT_EMPTY.has(name))) values[name] = text
  }
  return values
}

function toEnv(parsed: z.infer<typeof variables>, wrongTokens: ReadonlySet<string>): Env {
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
    errorDetails: parsed.ERROR_DETAILS,
    prometheusUrl: parsed.PROMETHEUS_URL,
    prometheusHeaders: parsed.PROMETHEUS_HEADERS ?? parsed.PROMETHEUS_HEADERS_FILE ?? {},
    remoteWriteUrl: parsed.REMOTE_WRITE_URL,
    remoteWriteHeaders: parsed.REMOTE_WRITE_HEADERS ?? parsed.REMOTE_WRITE_HEADERS_FILE ?? {},
    traceUrlTemplate: parsed.TRACE_URL_TEMPLATE,
    scrapeTargets: parsed.SCRAPE_TARGETS,
    boards: parsed.BOARDS,
    dataDir: parsed.DATA_DIR === '' ? undefined : parsed.DATA_DIR,
    dataLimitBytes: parsed.DATA_LIMIT,
    flushIntervalMs: parsed.FLUSH_INTERVAL,
    token: parsed.HEARTH_TOKEN ?? parsed.HEARTH_TOKEN_FILE,
    metricsToken: parsed.METRICS_TOKEN ?? parsed.METRICS_TOKEN_FILE,
    origins: new Set(parsed.HEARTH_ORIGINS),
    wrongTokens,
    job: parsed.HEARTH_JOB,
    instance: parsed.HEARTH_INSTANCE,
    ownHost: parsed.HEARTH_HOST,
    ownPort: parsed.HEARTH_PORT === 'none' ? undefined : (parsed.HEARTH_PORT ?? 'unset'),
  }
}

/** Whether samples are sent anywhere. */
export const isPushing = ({ remoteWriteUrl }: Env): boolean => remoteWriteUrl !== undefined

/**
 * The environment of this process, read at the first call. In an app with the package what is wrong is said then, once; elsewhere
 * it throws as `parseEnv` does.
 */
export function env(): Env {
  return perProcess('env', () => {
    if (!isInPackage()) return parseEnv(process.env)
    const { env, wrong } = readEnv(process.env)
    // A build has workers, and the app that it makes will say it.
    if (!isBuild()) for (const sentence of wrong) logError(sentence)
    return env
  })
}
