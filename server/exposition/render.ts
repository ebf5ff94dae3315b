// Writes a Snapshot as text. What the two formats do differently is in dialect-prometheus.ts and dialect-openmetrics.ts.
import type { Dialect } from './dialect'
import { openMetricsDialect } from './dialect-openmetrics'
import { prometheusDialect } from './dialect-prometheus'
import type { ExpositionFormat } from './format'
import { SeriesWriter } from './series-writer'
import type { Exemplar, Snapshot } from './snapshot'
import { TextWriter } from './text-writer'

/**
 * The snapshot as text, to be sent in UTF-8 with the format's Content-Type (format.ts). What the format can say comes
 * back from parseExposition as it was; what it can't say, its dialect names. Timestamps must be finite.
 */
export function render(snapshot: Snapshot, format: ExpositionFormat): string {
  return [...renderChunks(snapshot, format)].join('')
}

/** The same text piece by piece, some 64 KiB each and cut between lines: whoever sends it may do other things between. */
export function* renderChunks({ families }: Snapshot, format: ExpositionFormat): Generator<string, void> {
  const dialect = format === 'openmetrics' ? openMetricsDialect(families) : prometheusDialect
  const writer = new TextWriter()
  const series = new SeriesWriter(writer)
  for (const family of families) {
    const { metadata, hidden, exemplarsOn } = dialect.familyText(family)
    writer.write(metadata)
    for (const { name, labels, value, timestampMs, exemplar } of family.samples) {
      if (name === hidden) continue
      series.writeSeries(name, labels)
      writer.writeFloat(value)
      if (timestampMs !== undefined) writer.write(` ${dialect.timestampText(timestampMs)}`)
      if (exemplar !== undefined && name === exemplarsOn) writeExemplar(exemplar, dialect, writer, series)
      writer.write('\n')
      if (writer.hasChunk) yield writer.take()
    }
  }
  writer.write(dialect.end)
  yield writer.take()
}

function writeExemplar(exemplar: Exemplar, dialect: Dialect, writer: TextWriter, series: SeriesWriter): void {
  const { labels, value, timestampMs } = exemplar
  series.writeExemplar(labels)
  writer.writeFloat(value)
  if (timestampMs !== undefined) writer.write(` ${dialect.timestampText(timestampMs)}`)
}
