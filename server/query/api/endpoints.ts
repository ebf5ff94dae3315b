// The endpoints of the Prometheus HTTP API: which paths there are, by which methods, and who answers.
import type { Answer } from './answer'
import { answerExemplars } from './exemplars'
import { answerFormatQuery, answerParseQuery } from './expressions'
import { answerFeatures } from './features'
import { answerMetadata, answerTargetMetadata } from './metadata'
import { answerNotifications, notificationStreams } from './notifications'
import { answerQuery, answerQueryRange } from './query'
import { answerAlertmanagers, answerAlerts, answerRules } from './rules'
import { answerLabels, answerLabelValues, answerSeries } from './series'
import type { Question, Sources } from './sources'
import {
  answerBuildInfo,
  answerConfig,
  answerFlags,
  answerRuntimeInfo,
  answerTsdb,
  answerTsdbBlocks,
  answerWalReplay,
} from './status'
import { answerScrapePools, answerTargets } from './targets'

/** Undefined is an answer without content; a Response is no JSON. */
type Answered = Answer | Response | undefined
type AnswerQuestion = (question: Question, sources: Sources) => Promise<Answered> | Answered

export type Endpoint = {
  methods: readonly string[]
  answer: AnswerQuestion
  /** Whether a Prometheus in whose name this app answers may be asked instead. */
  isForwarded: boolean
}

const get = ['GET']
const getAndPost = ['GET', 'POST']

/** The evaluations of queries pass the gate by themselves, with the timeout that they ask for. */
const gated =
  (answer: AnswerQuestion): AnswerQuestion =>
  (question, sources) =>
    sources.gate.ask(question.signal, async (signal) => answer({ ...question, signal }, sources))

const answerLive: AnswerQuestion = (question, sources) => notificationStreams().answer(question, sources)

/** Below `/api/v1/`. */
const endpoints: ReadonlyMap<string, Endpoint> = new Map([
  ['query', endpoint(getAndPost, answerQuery)],
  ['query_range', endpoint(getAndPost, answerQueryRange)],
  ['query_exemplars', endpoint(getAndPost, gated(answerExemplars))],
  ['format_query', endpoint(getAndPost, gated(answerFormatQuery))],
  ['parse_query', endpoint(getAndPost, gated(answerParseQuery))],
  ['series', endpoint(getAndPost, gated(answerSeries))],
  ['labels', endpoint(getAndPost, gated(answerLabels))],
  ['metadata', endpoint(get, gated(answerMetadata))],
  ['targets', endpoint(get, answerTargets)],
  ['targets/metadata', endpoint(get, gated(answerTargetMetadata))],
  ['scrape_pools', endpoint(get, answerScrapePools)],
  ['rules', endpoint(get, answerRules)],
  ['alerts', endpoint(get, answerAlerts)],
  ['alertmanagers', endpoint(get, answerAlertmanagers)],
  ['features', endpoint(get, answerFeatures)],
  ['notifications', endpoint(get, answerNotifications)],
  ['status/buildinfo', endpoint(get, answerBuildInfo)],
  ['status/runtimeinfo', endpoint(get, answerRuntimeInfo)],
  ['status/tsdb', endpoint(get, gated(answerTsdb))],
  ['status/tsdb/blocks', endpoint(get, answerTsdbBlocks)],
  ['status/walreplay', endpoint(get, answerWalReplay)],
  // These tell how a machine is set up: not what somebody who was let in here may ask of another.
  ['status/config', { ...endpoint(get, answerConfig), isForwarded: false }],
  ['status/flags', { ...endpoint(get, answerFlags), isForwarded: false }],
  // It has no end, and what is forwarded must have one.
  ['notifications/live', { ...endpoint(get, answerLive), isForwarded: false }],
])
const labelValues = endpoint(get, gated(answerLabelValues))

/** The endpoint of a path below `/api/v1/`, and the label that the path names. */
export function findEndpoint(path: string): { endpoint: Endpoint; name: string } | undefined {
  const known = endpoints.get(path)
  if (known) return { endpoint: known, name: '' }
  const name = /^label\/([^/]+)\/values$/.exec(path)?.[1]
  return name === undefined ? undefined : { endpoint: labelValues, name }
}

function endpoint(methods: readonly string[], answer: AnswerQuestion): Endpoint {
  return { methods, answer, isForwarded: true }
}
