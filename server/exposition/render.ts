// Writes a Snapshot as text. What the two formats do differently is in dialect-prometheus.ts and dialect-openmetrics.ts.
import type { Dialect } from './dialect'
import { openMetricsDialect } from './dialect-openmetrics'
import { prometheusDialect } from './dialect-prometheus'
import { escapeQuoted } from './escape'
import type { ExpositionFormat } from './format'
import { isClassicLabelName, isClassicMetricName, quoteUnless } from './names'
import { formatFloat } from './number'
import type { Exemplar, Labels, Snapshot } from './snapshot'

/**
 * The snapshot as UTF-8 text to be sent with the format's Content-Type (format.ts). What the format can say comes back
 * from parseExposition as it was; what it can't say, its dialect names. Timestamps must be finite.
 */
export function render(snapshot: Snapshot, format: ExpositionFormat): string {
  const dialect = format === 'openmetrics' ? openMetricsDialect(snapshot.families) : prometheusDialect
  const labelStarts: LabelStarts = new Map()
  let text = ''
  for (const family of snapshot.families) {
    const { metadata, hidden, exemplarsOn } = dialect.familyText(family)
    text += metadata
    for (const { name, labels, value, timestampMs, exemplar } of family.samples) {
      if (name === hidden) continue
      text += `${seriesText(name, labels, labelStarts)} ${formatFloat(value)}`
      if (timestampMs !== undefined) text += ` ${dialect.timestampText(timestampMs)}`
      if (exemplar !== undefined && name === exemplarsOn) text += exemplarText(exemplar, dialect, labelStarts)
      text += '\n'
    }
  }
  return text + dialect.end
}

/** `name{label="value",...}`, or `{"a name that needs quotes",label="value",...}`. */
function seriesText(name: string, labels: Labels, labelStarts: LabelStarts): string {
  const inside = labelsText(labels, labelStarts)
  if (isClassicMetricName(name)) return inside === '' ? name : `${name}{${inside}}`
  return `{${quoteUnless(false, name)}${inside === '' ? '' : ','}${inside}}`
}

function exemplarText({ labels, value, timestampMs }: Exemplar, dialect: Dialect, labelStarts: LabelStarts): string {
  const text = ` # {${labelsText(labels, labelStarts)}} ${formatFloat(value)}`
  return timestampMs === undefined ? text : `${text} ${dialect.timestampText(timestampMs)}`
}

/** From a label's name to the text before its value, remembered since a few names stand on most lines. */
type LabelStarts = Map<string, string>

function labelsText(labels: Labels, labelStarts: LabelStarts): string {
  let text = ''
  for (const name of Object.keys(labels)) {
    const value = labels[name]
    if (value === undefined) continue
    let start = labelStarts.get(name)
    if (start === undefined) {
      start = `${quoteUnless(isClassicLabelName(name), name)}="`
      labelStarts.set(name, start)
    }
    text += `${text === '' ? start : `,${start}`}${escapeQuoted(value)}"`
  }
  return text
}
