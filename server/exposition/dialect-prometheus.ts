// The Prometheus text format 0.0.4.
import type { Dialect } from './dialect'
import { escapeHelp } from './escape'
import { createdNameOf, isClassicMetricName, quoteUnless } from './names'
import type { MetricType } from './snapshot'

/** A type that this format doesn't know is written as what its samples look like, as Python's client does. */
const TYPES: Record<MetricType, string> = {
  counter: 'counter',
  gauge: 'gauge',
  histogram: 'histogram',
  summary: 'summary',
  gaugehistogram: 'histogram',
  info: 'gauge',
  stateset: 'gauge',
  unknown: 'untyped',
}

/** Without units, exemplars and created times, which came with OpenMetrics; timestamps are whole milliseconds. */
export const prometheusDialect: Dialect = {
  familyText(family) {
    const sampleName = family.type === 'info' ? `${family.name}_info` : family.name
    const name = quoteUnless(isClassicMetricName(sampleName), sampleName)
    const help = family.help === '' ? '' : `# HELP ${name} ${escapeHelp(family.help)}\n`
    const metadata = `${help}# TYPE ${name} ${TYPES[family.type]}\n`
    return { metadata, hidden: createdNameOf(family), exemplarsOn: undefined }
  },
  timestampText: (timestampMs) => String(Math.trunc(timestampMs)),
  end: '',
}
