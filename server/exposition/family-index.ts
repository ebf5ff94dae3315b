// Sorts the lines of a text into families, in whatever order they come, as Prometheus takes them.
import { ExpositionError } from './exposition-error'
import type { Family, MetricType } from './snapshot'

type Suffixes = ReadonlyMap<string, readonly MetricType[]>

/** The samples of some types that have a name of their own. */
export const TEXT_SUFFIXES: Suffixes = new Map([
  ['_bucket', ['histogram']],
  ['_sum', ['histogram', 'summary']],
  ['_count', ['histogram', 'summary']],
])

export const OPENMETRICS_SUFFIXES: Suffixes = new Map([
  ['_total', ['counter']],
  ['_created', ['counter', 'histogram', 'summary']],
  ['_bucket', ['histogram', 'gaugehistogram']],
  ['_sum', ['histogram', 'summary']],
  ['_count', ['histogram', 'summary']],
  ['_gsum', ['gaugehistogram']],
  ['_gcount', ['gaugehistogram']],
  ['_info', ['info']],
])

/** A family takes memory also where it has no samples, of which there is a limit of their own. */
export const MOST_DESCRIBED = 100_000

export class FamilyIndex {
  /** In the order in which they were first mentioned. */
  readonly families: Family[] = []
  private readonly byName = new Map<string, Family>()
  private describedCount = 0

  constructor(private readonly suffixes: Suffixes) {}

  /** The family that metadata names. Throws ExpositionError where there are too many that nothing has named before. */
  described(name: string, line: number): Family {
    const count = this.families.length
    const family = this.named(name)
    if (this.families.length > count && ++this.describedCount > MOST_DESCRIBED) {
      throw new ExpositionError(line, `expected metadata of at most ${MOST_DESCRIBED} metrics, got more`)
    }
    return family
  }

  private named(name: string): Family {
    const existing = this.byName.get(name)
    if (existing !== undefined) return existing
    const family: Family = { name, type: 'unknown', help: '', unit: '', samples: [] }
    this.byName.set(name, family)
    this.families.push(family)
    return family
  }

  /** The family that a sample belongs to: the one of its name, or one that it is a part of. */
  ofSample(name: string): Family {
    const exact = this.byName.get(name)
    if (exact !== undefined) return exact
    for (const [suffix, types] of this.suffixes) {
      if (!name.endsWith(suffix)) continue
      const family = this.byName.get(name.slice(0, -suffix.length))
      if (family !== undefined && types.includes(family.type)) return family
    }
    return this.named(name)
  }
}
