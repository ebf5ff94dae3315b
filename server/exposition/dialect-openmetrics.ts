// OpenMetrics 1.0.0.
import type { Dialect } from './dialect'
import { escapeQuoted } from './escape'
import { createdNameOf, isClassicMetricName, openMetricsName, quoteUnless } from './names'
import type { Family } from './snapshot'
import { formatSeconds } from './timestamp'

/**
 * The dialect for a snapshot of these families. A counter is declared without `_total`. One whose samples lack
 * `_total`, or whose shorter name another family already has, is declared as unknown, under its own name and without
 * created times and exemplars: the specification leaves nothing better, and client_golang does so too.
 */
export function openMetricsDialect(families: readonly Family[]): Dialect {
  const names = new Set(families.map((family) => family.name))
  return {
    familyText(family) {
      const shortName = openMetricsName(family)
      const isOutcast = family.type === 'counter' && names.has(shortName)
      const fullName = isOutcast ? family.name : shortName
      const name = quoteUnless(isClassicMetricName(fullName), fullName)
      let metadata = `# TYPE ${name} ${isOutcast ? 'unknown' : family.type}\n`
      if (family.unit !== '' && fullName.endsWith(`_${family.unit}`)) metadata += `# UNIT ${name} ${family.unit}\n`
      if (family.help !== '') metadata += `# HELP ${name} ${escapeQuoted(family.help)}\n`
      if (isOutcast) return { metadata, hidden: createdNameOf(family), exemplarsOn: undefined }
      return { metadata, hidden: undefined, exemplarsOn: exemplarNameOf(family) }
    },
    timestampText: formatSeconds,
    end: '# EOF\n',
  }
}

function exemplarNameOf({ name, type }: Family): string | undefined {
  if (type === 'counter') return name
  return type === 'histogram' || type === 'gaugehistogram' ? `${name}_bucket` : undefined
}
