// How a scraped sample's labels are stored: with the metric's name, and with the target's job and instance.
import { setLabel } from '../exposition/labels'
import type { Labels, Sample } from '../exposition/snapshot'

/**
 * The target's own labels win. A label of the sample that clashes with one of them is kept as `exported_job`, with as
 * many `exported_` as it takes: what Prometheus does where `honor_labels` is off, which is its default.
 */
export function storedLabels({ name, labels }: Pick<Sample, 'name' | 'labels'>, target: Labels): Labels {
  const stored: Record<string, string> = { ...labels, __name__: name, ...target }
  for (const clashing of Object.keys(target)) {
    const value = Object.hasOwn(labels, clashing) ? labels[clashing] : undefined
    if (!value) continue
    let exported = `exported_${clashing}`
    while (stored[exported]) exported = `exported_${exported}`
    setLabel(stored, exported, value)
  }
  return stored
}
