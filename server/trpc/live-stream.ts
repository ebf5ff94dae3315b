// The stream behind metrics.live: the whole range first, then what is new at each tick.
import type { Querier } from '../query/querier'
import type { AskInstant, LiveQuestion } from './live-answer'
import { answerLive } from './live-answer'
import { createLiveEncoder } from './live-encoder'
import type { LiveEvent } from './live-event'
import type { Ticks } from './ticks'

export type LiveSource = {
  querier: Querier
  ticks: Ticks
  askInstant: AskInstant
  /** When samples of the past came in last, as they do when the history of an earlier process is loaded. */
  pastChangedMs?: () => number | undefined
}

/** An event, and the tick it brings its viewer up to: the id to resume from. */
export type LiveMoment = { atMs: number; event: LiveEvent }

/**
 * Events until `signal` aborts. `resumeMs` is the tick of the last event that the viewer has seen: what came after it
 * follows without a reset, unless it is older than the range or from a clock ahead of ours. When the past has
 * changed since, the whole range is told anew.
 */
export async function* liveStream(
  source: LiveSource,
  question: LiveQuestion,
  resumeMs: number | null,
  signal: AbortSignal,
): AsyncGenerator<LiveMoment, void> {
  const encode = createLiveEncoder()
  let sentMs = resumeMs
  for await (const atMs of source.ticks.follow(signal)) {
    if (atMs === sentMs) continue
    if (sentMs !== null && sentMs <= (source.pastChangedMs?.() ?? 0)) sentMs = null
    if (sentMs !== null && (sentMs > atMs || sentMs <= atMs - question.rangeMs)) sentMs = null
    const answer = await answerLive(question, sentMs, atMs, source.querier, source.askInstant, signal)
    // What was abandoned has errors for answers.
    if (signal.aborted) return
    yield { atMs, event: encode(answer, sentMs === null) }
    sentMs = atMs
  }
}

/** The first event of a fresh stream, for a page that is rendered on the server; null before the first tick. */
export async function liveHistory(source: LiveSource, question: LiveQuestion): Promise<LiveMoment | null> {
  const atMs = source.ticks.newestMs()
  if (atMs === null) return null
  const answer = await answerLive(question, null, atMs, source.querier, source.askInstant)
  return { atMs, event: createLiveEncoder()(answer, true) }
}
