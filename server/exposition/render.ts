// Writes a Snapshot as text. What the two formats do differently is in dialect-prometheus.ts and dialect-openmetrics.ts.
import type { Dialect } from './dialect'
import { openMetricsDialect } from './dialect-openmetrics'
import { prometheusDialect } from './dialect-prometheus'
import type { ExpositionFormat } from './format'
import { formatFloat } from './number'
import { labelsText, SeriesTexts } from './series-text'
import type { Exemplar, Snapshot } from './snapshot'

const CHUNK_CHARACTERS = 65_536

/** Of the newest rendering. Renderings of several registries by turns forget each other's texts, and write them anew. */
const texts = new SeriesTexts()

/**
 * The snapshot as text, to be sent in UTF-8 with the format's Content-Type (format.ts). What the format can say comes
 * back from parseExposition as it was; what it can't say, its dialect names. Timestamps must be finite.
 */
export function render(snapshot: Snapshot, format: ExpositionFormat): string {
  return [...renderChunks(snapshot, format)].join('')
}

/**
 * The same text piece by piece, of some 65,536 characters each and cut between lines: whoever sends a long one can see
 * to other things between.
 */
export function* renderChunks({ families }: Snapshot, format: ExpositionFormat): Generator<string, void> {
  const dialect = format === 'openmetrics' ? openMetricsDialect(families) : prometheusDialect
  let text = ''
  let place = -1
  for (const family of families) {
    const { metadata, hidden, exemplarsOn } = dialect.familyText(family)
    text += metadata
    for (const { name, labels, value, timestampMs, exemplar } of family.samples) {
      // Hidden ones have a place, too, so that both formats find the same texts.
      place++
      if (name === hidden) continue
      let point = formatFloat(value)
      if (timestampMs !== undefined) point += ` ${dialect.timestampText(timestampMs)}`
      if (exemplar !== undefined && name === exemplarsOn) point += exemplarText(exemplar, dialect)
      point += '\n'
      text += texts.at(place, name, labels) + point
      if (text.length < CHUNK_CHARACTERS) continue
      yield text
      text = ''
    }
  }
  texts.cut(place + 1)
  yield text + dialect.end
}

function exemplarText({ labels, value, timestampMs }: Exemplar, dialect: Dialect): string {
  const text = ` # {${labelsText(labels)}} ${formatFloat(value)}`
  return timestampMs === undefined ? text : `${text} ${dialect.timestampText(timestampMs)}`
}
