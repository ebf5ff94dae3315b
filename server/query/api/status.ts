// status/*: what this process is, how it is set, and what it holds, in the shapes that Prometheus has for that.
import { availableParallelism } from 'node:os'
import { formatDuration } from '../../duration'
import { enabledFlags } from '../../features'
import { queryTurns } from '../../promql/turns'
import type { Answer } from './answer'
import { badData } from './api-error'
import { parseGoInteger } from './go-number'
import { jsonPieces, jsonValue } from './json-text'
import type { Question, Sources } from './sources'

/** The Prometheus whose answers these are: clients choose by it what they may ask. */
const PROMETHEUS_VERSION = '3.14.0'
const DEFAULT_COUNTS = 10
/** Prometheus's own as of 3.9. */
const MOST_COUNTS = 10_000

/** What `/version` answers as well. */
export function buildInfo() {
  return {
    version: PROMETHEUS_VERSION,
    revision: '',
    branch: 'hearth',
    buildUser: '',
    buildDate: '',
    goVersion: `node ${process.versions.node}`,
  }
}

export function answerBuildInfo(): Answer {
  return { data: jsonValue(buildInfo()) }
}

/** Where files lie on this machine is not told. */
export function answerRuntimeInfo(_: Question, { nowMs, settings, startedAtMs }: Sources): Answer {
  return {
    data: jsonValue({
      startTime: new Date(startedAtMs).toISOString(),
      CWD: '',
      hostname: '',
      serverTime: new Date(nowMs()).toISOString(),
      reloadConfigSuccess: true,
      lastConfigTime: new Date(startedAtMs).toISOString(),
      corruptionCount: 0,
      goroutineCount: 0,
      GOMAXPROCS: availableParallelism(),
      GOMEMLIMIT: 0,
      GOGC: '',
      GODEBUG: '',
      storageRetention: formatDuration(settings.retentionMs),
    }),
  }
}

/** Prometheus's flags, as far as there is something here that they set. */
export function answerFlags(_: Question, { gate, settings }: Sources): Answer {
  return {
    data: jsonValue({
      'enable-feature': enabledFlags(settings.features).join(','),
      'query.lookback-delta': '5m',
      'query.max-concurrency': String(gate.limits.slots),
      'query.max-samples': String(settings.maxSamples),
      'query.timeout': formatDuration(gate.limits.timeoutMs),
      'storage.tsdb.retention.time': formatDuration(settings.retentionMs),
    }),
  }
}

/** The configuration that a Prometheus would have which scrapes the same targets. */
export function answerConfig(_: Question, { settings, targets }: Sources): Answer {
  const interval = formatDuration(settings.scrapeIntervalMs)
  const jobs = targets().flatMap(({ job, url }) => {
    const { host, pathname, protocol } = new URL(url)
    return [
      `- job_name: ${JSON.stringify(job)}`,
      `  metrics_path: ${JSON.stringify(pathname)}`,
      `  scheme: ${protocol.slice(0, -1)}`,
      '  static_configs:',
      '  - targets:',
      `    - ${JSON.stringify(host)}`,
    ]
  })
  const lines = ['global:', `  scrape_interval: ${interval}`, ...(jobs.length > 0 ? ['scrape_configs:', ...jobs] : [])]
  return { data: jsonValue({ yaml: `${lines.join('\n')}\n` }) }
}

/** `limit`: how long the lists are, 10 by default and 10,000 at most. */
export async function answerTsdb({ form }: Question, { storage }: Sources): Promise<Answer> {
  const text = form.get('limit')
  const limit = text === '' ? DEFAULT_COUNTS : parseGoInteger(text)
  if (typeof limit === 'string' || limit < 1) throw badData('limit must be a positive number')
  if (limit > MOST_COUNTS) throw badData(`limit must not exceed ${MOST_COUNTS}`)
  const { headStats, ...counts } = await queryTurns().finish(storage.tsdbStatus(limit))
  const { maxTime = 0, minTime = 0 } = headStats
  return { data: jsonPieces({ headStats: { ...headStats, minTime, maxTime }, ...counts }) }
}

/** Samples are not in blocks here. */
export function answerTsdbBlocks(): Answer {
  return { data: jsonValue({ blocks: [] }) }
}

/** There is no log to replay. */
export function answerWalReplay(): Answer {
  return { data: jsonValue({ min: 0, max: 0, current: 0 }) }
}
