// Reads an exposition, in either format.
import { atOnce, inSlices } from '../slices'
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
  return atOnce(parse(text, contentType))
}

/** The same for a text from elsewhere, which may be large: other work of the process has its turn in between. */
export function parseInSlices(text: string, contentType?: string): Promise<Family[]> {
  return inSlices(parse(text, contentType))
}

function parse(text: string, contentType: string | undefined): Generator<void, Family[]> {
  return formatOf(contentType) === 'openmetrics' ? parseOpenMetrics(text) : parseText(text)
}
