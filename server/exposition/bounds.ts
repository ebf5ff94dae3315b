// The labels that are numbers, `le` and `quantile`: Prometheus stores them as floats are written, so that a matcher finds
// them whatever a client writes.
import { parseGoFloat } from '../parse-go-float'
import { formatCanonical } from './number'
import type { Labels, MetricType } from './snapshot'

export type Bound = 'le' | 'quantile'

/** The label that is a number while a family of that type is in force. */
export function boundOf(type: MetricType): Bound | undefined {
  return type === 'histogram' ? 'le' : type === 'summary' ? 'quantile' : undefined
}

/** Few are ever written. What a target makes up is forgotten. */
const KNOWN_TEXTS = 1_000
const knownTexts = new Map<string, string>()

/** `1` as `1.0`, `1e9` as `1e+09`, `0x1p-3` as `0.125`; what is no number as it is. */
function canonicalBound(text: string): string {
  const known = knownTexts.get(text)
  if (known !== undefined) return known
  const value = parseGoFloat(text)
  const canonical = value === undefined ? text : formatCanonical(value)
  if (knownTexts.size >= KNOWN_TEXTS) knownTexts.clear()
  knownTexts.set(text, canonical)
  return canonical
}

let readings = 0

/** A number for the reading of one text. */
export function nextReading(): number {
  readings = (readings + 1) % 2 ** 30
  return readings
}

/** The labels of a series as they are stored, which depends on the family in force. */
export class BoundVariants {
  private readonly le: Labels
  private readonly quantile: Labels
  /** The reading that has had the series, and under which labels. */
  private reading = 0
  private labelsThere: Labels

  private constructor(private readonly labels: Labels) {
    this.le = withCanonical(labels, 'le')
    this.quantile = withCanonical(labels, 'quantile')
    this.labelsThere = labels
  }

  /** Undefined where all of them are the same. */
  static of(labels: Labels): BoundVariants | undefined {
    const { le, quantile } = labels
    const isLe = le !== undefined && canonicalBound(le) !== le
    const isQuantile = quantile !== undefined && canonicalBound(quantile) !== quantile
    return isLe || isQuantile ? new BoundVariants(labels) : undefined
  }

  labelsWith(bound: Bound | undefined, reading: number): Labels {
    if (this.reading === reading) return this.labelsThere
    this.reading = reading
    const labels = bound === undefined ? this.labels : this[bound]
    if (labels !== this.labelsThere) this.labelsThere = labels
    return labels
  }
}

function withCanonical(labels: Labels, bound: Bound): Labels {
  const text = labels[bound]
  const canonical = text === undefined ? text : canonicalBound(text)
  return canonical === undefined || canonical === text ? labels : { ...labels, [bound]: canonical }
}
