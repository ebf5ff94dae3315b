// A target that is scraped over HTTP.
import type { IncomingMessage } from 'node:http'
import { parseScraped } from '../exposition/parse'
import type { Labels, Snapshot } from '../exposition/snapshot'
import { shownUrl } from '../login'
import type { TargetAddress } from '../target-list'
import { CollectFailure } from './collect-failure'
import { requireExposition } from './content-type'
import { failureWords } from './failure-words'
import { getFollowing } from './get-following'
import type { LabelLimits } from './label-limits'
import { requireLabelsWithin } from './label-limits'
import { readBody } from './read-body'
import type { TargetMemory } from './series-memory'
import type { Target } from './target'

/** What Prometheus 3 says it takes, in its order of preference. */
const ACCEPT = [
  'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6',
  'application/openmetrics-text;version=0.0.1;q=0.5',
  'text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4',
  'text/plain;version=0.0.4;q=0.3',
  '*/*;q=0.2',
].join(',')

/** With a series past one of the label limits the scrape fails as a whole. */
export type HttpTargetOptions = LabelLimits & {
  timeoutMs: number
  /** With more samples it does so too, as with Prometheus's sample_limit. */
  sampleLimit: number
  /** Where its series have to fit in; the scrape fails as a whole where they don't. */
  memory: TargetMemory
}

/**
 * `collect` rejects with a CollectFailure that has a reason in words: no answer, another status than 200, too much of a
 * body, a wrong line, a series past the limits. What was read until there is with it.
 */
export function createHttpTarget(address: TargetAddress, options: HttpTargetOptions): Target {
  const { timeoutMs, sampleLimit, memory } = options
  const { job, instance, url, authorization, host, labels: more } = address
  const headers = {
    accept: ACCEPT,
    'accept-encoding': 'gzip',
    'user-agent': 'Hearth',
    'x-prometheus-scrape-timeout-seconds': String(timeoutMs / 1000),
  }
  return {
    job,
    instance,
    labels: more,
    url: shownUrl(url),
    timeoutMs,
    async collect(signal) {
      try {
        const answer = await getFollowing(new URL(url), { headers, authorization, host, signal })
        try {
          return await read(answer)
        } finally {
          // What was not read to its end is not wanted any more.
          answer.destroy()
        }
      } catch (error) {
        if (error instanceof CollectFailure) throw error
        throw new CollectFailure(failureWords(error), { samples: 0, kept: 0, families: [] }, { cause: error })
      }
    },
    settle: memory.settle,
  }

  async function read(answer: IncomingMessage): Promise<Snapshot> {
    const { headers, statusCode } = answer
    if (statusCode !== 200) throw new Error(`HTTP ${statusCode}`)
    const contentType = headers['content-type'] ?? ''
    // An error page is no exposition, and where there is no body it may be of any type.
    const body = await readBody(answer, { sampleLimit, memory }, () => requireExposition(contentType))
    const check = (name: string, labels: Labels) =>
      requireLabelsWithin(name, more === undefined ? labels : { ...more, ...labels }, options)
    const { failure, families, samples } = await parseScraped({ ...body, contentType, check })
    if (failure === undefined) return { takenAtMs: Date.now(), families }
    const kept = families.reduce((count, family) => count + family.samples.length, 0)
    throw new CollectFailure(failureWords(failure), { samples, kept, families }, { cause: failure })
  }
}
