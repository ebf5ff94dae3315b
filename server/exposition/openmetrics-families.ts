// The families of an OpenMetrics text: as the specification wants them, in one piece each and one after the other; or as
// Prometheus takes them, in any order and with any values.
import { shown } from './characters'
import { unescapeQuoted } from './escape'
import { ExpositionError } from './exposition-error'
import { FamilyIndex, OPENMETRICS_SUFFIXES } from './family-index'
import type { Keyword } from './openmetrics-family'
import { OpenMetricsFamily, requireType } from './openmetrics-family'
import type { Series } from './series'
import type { Family, MetricType, Sample } from './snapshot'

export type Families = {
  /** Takes up a line of metadata. Answers the type that is in force from there on, if it says one. */
  describe(name: string, keyword: Keyword, text: string, line: number): MetricType | undefined
  /** Takes up a sample. `time` is its timestamp as the text has it, or ''. */
  add(series: Series, sample: Sample, time: string, line: number): void
  /** Those that are complete. */
  readonly families: Family[]
  /** The text has ended. */
  finish(): void
}

export class StrictFamilies implements Families {
  readonly families: Family[] = []
  private readonly claimedNames = new Set<string>()
  private family: OpenMetricsFamily | undefined

  describe(name: string, keyword: Keyword, text: string, line: number): MetricType | undefined {
    const family = this.family?.name === name ? this.family : this.begin(name, line)
    family.line = line
    family.describe(keyword, text)
    return keyword === 'TYPE' ? family.type : undefined
  }

  add(series: Series, sample: Sample, time: string, line: number): void {
    const family = this.family?.owns(series.name) ? this.family : this.begin(series.name, line)
    family.line = line
    family.add(series, sample, time)
  }

  finish(): void {
    const { family } = this
    if (family === undefined) return
    this.families.push(family.finish())
    for (const name of family.claimedNames) {
      if (this.claimedNames.has(name)) fail(family.firstLine, name)
      this.claimedNames.add(name)
    }
  }

  private begin(name: string, line: number): OpenMetricsFamily {
    this.finish()
    if (this.claimedNames.has(name)) fail(line, name)
    this.family = new OpenMetricsFamily(name, line)
    return this.family
  }
}

function fail(line: number, name: string): never {
  throw new ExpositionError(line, `${shown(name)} must not come twice, nor be of two families`)
}

export class LenientFamilies implements Families {
  private readonly index = new FamilyIndex(OPENMETRICS_SUFFIXES)
  private sampleName: string | undefined
  private samples: Sample[] = []

  describe(name: string, keyword: Keyword, text: string, line: number): MetricType | undefined {
    this.sampleName = undefined
    const family = this.index.described(name, line)
    if (keyword === 'TYPE') family.type = requireType(text, line)
    else if (keyword === 'HELP') family.help = unescapeQuoted(text)
    else family.unit = requireUnit(name, text, line)
    return keyword === 'TYPE' ? family.type : undefined
  }

  add({ name }: Series, sample: Sample): void {
    if (name !== this.sampleName) {
      this.sampleName = name
      this.samples = this.index.ofSample(name).samples
    }
    this.samples.push(sample)
  }

  get families(): Family[] {
    return this.index.families
  }

  /** A counter is called like its samples, in whatever way these are called. */
  finish(): void {
    for (const family of this.index.families) {
      const { name, samples, type } = family
      const isCalledSo = name.endsWith('_total') || samples.some((sample) => sample.name === name)
      if (type === 'counter' && !isCalledSo) family.name = `${name}_total`
    }
  }
}

function requireUnit(name: string, unit: string, line: number): string {
  if (unit === '' || name.endsWith(`_${unit}`)) return unit
  throw new ExpositionError(line, `${shown(name)} must end with its unit, _${unit}`)
}
