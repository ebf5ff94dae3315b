// A quick way to parse a series that is like one before it in all but the values of its labels, as most new ones are.
import { setLabel } from './labels'
import { isClassicLabelName, isClassicMetricName } from './names'
import { Series } from './series'
import type { Labels } from './snapshot'

export class SeriesTemplate {
  private readonly names: readonly string[]
  /** What stands before each value: `name{label="` and then `",label="`. */
  private readonly heads: readonly string[]

  private constructor(
    private readonly name: string,
    private readonly labels: Labels,
  ) {
    this.names = Object.keys(labels)
    this.heads = this.names.map((label, place) => `${place === 0 ? `${name}{` : '",'}${label}="`)
  }

  /** Undefined for a series without labels, and where a name needs quotes. */
  static of({ name, labels }: Series): SeriesTemplate | undefined {
    const names = Object.keys(labels)
    const isClassic = isClassicMetricName(name) && names.every(isClassicLabelName)
    return names.length > 0 && isClassic ? new SeriesTemplate(name, labels) : undefined
  }

  /** Whether such a series may begin there. */
  isLikeThatAt(text: string, start: number): boolean {
    return text.startsWith(this.heads[0] ?? '', start)
  }

  /** The series that `raw` is, or undefined where it is another one, or has an escape. */
  parse(raw: string): Series | undefined {
    if (raw.includes('\\')) return undefined
    const labels: Record<string, string> = { ...this.labels }
    let end = 0
    for (let place = 0; place < this.heads.length; place++) {
      const head = this.heads[place] ?? ''
      if (!raw.startsWith(head, end)) return undefined
      const start = end + head.length
      end = raw.indexOf('"', start)
      if (end === -1) return undefined
      const name = this.names[place] ?? ''
      const value = raw.slice(start, end)
      // What all have in common is one text in memory.
      if (labels[name] !== value) setLabel(labels, name, value)
    }
    return end === raw.length - 2 && raw.endsWith('"}') ? new Series(raw, this.name, labels) : undefined
  }
}
