// Reads an exposition, in either format.
import { atOnce, inSlices } from '../slices'
import { ExpositionError } from './exposition-error'
import { formatOf } from './format'
import { OpenMetricsParser } from './parse-openmetrics'
import { TextParser } from './parse-text'
import type { Parser, ParserOptions } from './parser'
import { BY_SPECIFICATION, requireUnicode } from './parser'
import type { Family } from './snapshot'

/**
 * The families of an exposition. `contentType` tells its format: OpenMetrics is read strictly, anything else as the
 * Prometheus text, leniently. Series that an earlier text had come with the very same labels object, for speed and so
 * that storage can know them again: nobody may change it. Throws ExpositionError.
 */
export function parseExposition(text: string, contentType?: string): Family[] {
  requireUnicode(text)
  const parser = parserOf(text, contentType, BY_SPECIFICATION)
  atOnce(parser.parse())
  return parser.families
}

export type ScrapedText = Omit<ParserOptions, 'reader'> & { text: string; contentType: string }

/** `samples` counts those that were read; also the one that was not taken up, if it could be read. */
export type Scraped = { families: Family[]; samples: number; failure: unknown }

/**
 * What a Prometheus 3 makes of the text of a target, which may be large: other work of the process has its turn in
 * between. Where it can't be read to its end, `failure` says why, and the rest is what was read before.
 */
export async function parseScraped({ text, contentType, ...options }: ScrapedText): Promise<Scraped> {
  const parser = parserOf(text, contentType, { ...options, reader: 'server' })
  try {
    // Nothing at all is right in either format.
    if (text !== '') await inSlices(parser.parse(), 1)
    return { families: parser.families, samples: parser.samples, failure: undefined }
  } catch (failure) {
    const isRead = failure instanceof ExpositionError && failure.isRead
    return { families: parser.families, samples: parser.samples + (isRead ? 1 : 0), failure }
  }
}

function parserOf(text: string, contentType: string | undefined, options: ParserOptions): Parser {
  return formatOf(contentType) === 'openmetrics' ? new OpenMetricsParser(text, options) : new TextParser(text, options)
}
