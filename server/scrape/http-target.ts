// A target that is scraped over HTTP.
import type { IncomingMessage } from 'node:http'
import { parseInSlices } from '../exposition/parse'
import { shownUrl } from '../login'
import { inSlices } from '../slices'
import type { TargetAddress } from '../target-list'
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

const MEDIA_TYPES = ['application/openmetrics-text', 'text/plain']

/** With a series past one of the label limits the scrape fails as a whole. */
export type HttpTargetOptions = LabelLimits & {
  timeoutMs: number
  /** With more samples it does so too, as with Prometheus's sample_limit. */
  sampleLimit: number
  /** Where its series have to fit in; the scrape fails as a whole where they don't. */
  memory: TargetMemory
}

/**
 * `collect` rejects with a reason in words: no answer, another status than 200, too much of a body, a wrong line, a
 * series past the limits.
 */
export function createHttpTarget(address: TargetAddress, options: HttpTargetOptions): Target {
  const { timeoutMs, sampleLimit, memory } = options
  const { job, instance, url, authorization } = address
  const headers = {
    accept: ACCEPT,
    'accept-encoding': 'gzip',
    'user-agent': 'Hearth',
    'x-prometheus-scrape-timeout-seconds': String(timeoutMs / 1000),
  }
  return {
    job,
    instance,
    url: shownUrl(url),
    timeoutMs,
    async collect(signal) {
      try {
        const answer = await getFollowing(new URL(url), { headers, authorization, signal })
        try {
          const contentType = expositionTypeOf(answer)
          const text = await readBody(answer, { sampleLimit, memory })
          const families = await parseInSlices(text, contentType)
          await inSlices(requireLabelsWithin(families, options))
          return { takenAtMs: Date.now(), families }
        } finally {
          // What was not read to its end is not wanted any more.
          answer.destroy()
        }
      } catch (error) {
        throw new Error(failureWords(error), { cause: error })
      }
    },
    settle: memory.settle,
  }
}

/** Throws an Error unless the answer says that it is an exposition: an error page is none. */
function expositionTypeOf({ statusCode, headers }: IncomingMessage): string {
  if (statusCode !== 200) throw new Error(`HTTP ${statusCode}`)
  const contentType = headers['content-type'] ?? ''
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (MEDIA_TYPES.includes(mediaType)) return contentType
  throw new Error(`expected ${MEDIA_TYPES.join(' or ')} as the Content-Type, got ${JSON.stringify(mediaType)}`)
}
