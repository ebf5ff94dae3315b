// Sorts the lines of a Prometheus text into families, in whatever order they come.
import type { Family, MetricType } from './snapshot'

/** The samples of histograms and summaries that have a name of their own. */
const SUFFIXES: ReadonlyMap<string, readonly MetricType[]> = new Map([
  ['_bucket', ['histogram']],
  ['_sum', ['histogram', 'summary']],
  ['_count', ['histogram', 'summary']],
])

export class FamilyIndex {
  /** In the order in which they were first mentioned. */
  readonly families: Family[] = []
  private readonly byName = new Map<string, Family>()

  /** The family that metadata names. */
  named(name: string): Family {
    const existing = this.byName.get(name)
    if (existing !== undefined) return existing
    const family: Family = { name, type: 'unknown', help: '', unit: '', samples: [] }
    this.byName.set(name, family)
    this.families.push(family)
    return family
  }

  /** The family that a sample belongs to: the one of its name, or the histogram or summary that it is a part of. */
  ofSample(name: string): Family {
    const exact = this.byName.get(name)
    if (exact !== undefined) return exact
    for (const [suffix, types] of SUFFIXES) {
      if (!name.endsWith(suffix)) continue
      const family = this.byName.get(name.slice(0, -suffix.length))
      if (family !== undefined && types.includes(family.type)) return family
    }
    return this.named(name)
  }
}
