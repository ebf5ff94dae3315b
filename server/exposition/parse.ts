// Reads an exposition, in either format.
import { ExpositionError } from './exposition-error'
import { formatOf } from './format'
import { parseText } from './parse-text'
import type { Family } from './snapshot'

/**
 * The families of an exposition, whose format `contentType` tells (Prometheus text unless it is OpenMetrics). Series
 * that a former text had come with the very same labels object: nobody may change it. Throws ExpositionError.
 */
export function parseExposition(text: string, contentType?: string): Family[] {
  if (formatOf(contentType) === 'openmetrics') throw new ExpositionError(1, 'OpenMetrics is not read yet')
  return parseText(text)
}
