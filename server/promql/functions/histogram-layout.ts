// Which rows of a vector are the buckets of which classic histogram.
import { labelValue } from '../../storage/matcher'
import type { Budget } from '../budget'
import type { Rows } from '../flat-vector'
import { forEachRow } from '../flat-vector'
import { dropLabels, LABELS_BYTES, labelsKey, nameLabel, withoutMetadata } from '../labels'

/** Its buckets' rows, ascending by bound. */
export type ClassicHistogram = { name: string; buckets: { bound: number; row: number }[] }

/** `labels[i]` are those of the value of `histograms[i]`. Rows without a bound are `malformed`. */
export type HistogramLayout = { labels: Rows; histograms: ClassicHistogram[]; malformed: number[] }

/** What a bucket's place in the layout takes. */
const BUCKET_BYTES = 64

const layouts = new WeakMap<Rows, HistogramLayout>()

/** It is remembered as long as the rows are. */
export async function layOutHistograms(rows: Rows, budget: Budget): Promise<HistogramLayout> {
  const layout = layouts.get(rows) ?? (await layOutAnew(rows, budget))
  layouts.set(rows, layout)
  return layout
}

async function layOutAnew(rows: Rows, budget: Budget): Promise<HistogramLayout> {
  const byKey = new Map<string, ClassicHistogram>()
  const labels: Rows[number][] = []
  const malformed: number[] = []
  await forEachRow(rows, budget, (row) => {
    const of = rows[row] ?? {}
    const bound = parseBound(labelValue(of, 'le'))
    if (bound === undefined) {
      malformed.push(row)
      return
    }
    budget.hold(BUCKET_BYTES)
    const others = dropLabels(of, ['le'])
    const key = labelsKey(others)
    let histogram = byKey.get(key)
    if (!histogram) {
      budget.hold(LABELS_BYTES)
      histogram = { name: labelValue(of, nameLabel), buckets: [] }
      byKey.set(key, histogram)
      labels.push(withoutMetadata(others))
    }
    histogram.buckets.push({ bound, row })
  })
  const histograms = [...byKey.values()]
  for (const { buckets } of histograms) {
    if (budget.isDue) await budget.pause()
    buckets.sort((a, b) => (a.bound < b.bound ? -1 : a.bound > b.bound ? 1 : 0))
  }
  return { labels, histograms, malformed }
}

/** A bound as Go's ParseFloat reads it; undefined for what is no number. */
function parseBound(le: string): number | undefined {
  const infinite = /^([+-]?)inf(?:inity)?$/i.exec(le)
  if (infinite) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  if (/^nan$/i.test(le)) return Number.NaN
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(le) ? Number(le) : undefined
}
