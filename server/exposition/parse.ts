// Reads an exposition, in either format.
import { atOnce, inSlices } from '../slices'
import { ExpositionError } from './exposition-error'
import { formatOf } from './format'
import { parseOpenMetrics } from './parse-openmetrics'
import { parseText } from './parse-text'
import type { Family } from './snapshot'

/**
 * The families of an exposition. `contentType` tells its format: OpenMetrics is read strictly, anything else as the
 * Prometheus text, leniently. Series that an earlier text had come with the very same labels object, for speed and so
 * that storage can know them again: nobody may change it. Throws ExpositionError.
 */
export function parseExposition(text: string, contentType?: string): Family[] {
  requireUnicode(text)
  return atOnce(parse(text, contentType))
}

/**
 * The same for a text that comes from elsewhere, decoded from UTF-8, and may be large: other work of the process has its
 * turn in between.
 */
export function parseInSlices(text: string, contentType?: string): Promise<Family[]> {
  return inSlices(parse(text, contentType), 1)
}

function parse(text: string, contentType: string | undefined): Generator<void, Family[]> {
  return formatOf(contentType) === 'openmetrics' ? parseOpenMetrics(text) : parseText(text)
}

/** Half of a surrogate pair, which nothing decoded from UTF-8 has. */
const LONE_SURROGATE = /\p{Surrogate}/u

function requireUnicode(text: string): void {
  const at = text.search(LONE_SURROGATE)
  if (at === -1) return
  throw new ExpositionError(text.slice(0, at).split('\n').length, 'expected Unicode, got half of a surrogate pair')
}
