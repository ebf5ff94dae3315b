// The modifiers fill, fill_left and fill_right: elements that one side of an operator lacks, with a value to stand in.
import type { Labels } from '../exposition/snapshot'
import type { VectorMatching } from './ast'
import type { Budget } from './budget'
import type { Column } from './columns'
import { emptyColumn } from './columns'
import { dropLabels, keepLabels, LABELS_BYTES, withoutName } from './labels'
import { anyPresent } from './presence'

/** The values of the "many" side and of the "one" side; undefined where a side is not filled in. */
export type Filling = {
  matching: VectorMatching
  ofMany: number | undefined
  ofOne: number | undefined
  /** How many steps there are. */
  count: number
}

type Groups = Map<string, Column[]>

/** Adds to each group what is missing in it wherever the other side has an element. Both maps are changed. */
export async function fillIn(ones: Groups, manies: Groups, filling: Filling, budget: Budget): Promise<void> {
  for (const key of new Set([...ones.keys(), ...manies.keys()])) {
    if (budget.isDue) await budget.pause()
    const [one, many] = [ones.get(key) ?? [], manies.get(key) ?? []]
    const [onePresent, manyPresent] = [
      await anyPresent(one, filling.count, budget),
      await anyPresent(many, filling.count, budget),
    ]
    const [first] = many.length > 0 ? many : one
    if (!first) continue
    const labels = groupLabels(first.labels, filling.matching)
    budget.hold(LABELS_BYTES)
    const filled = (value: number, missing: Uint8Array, other: Uint8Array): Column => {
      const column = emptyColumn(labels, filling.count, budget)
      for (let step = 0; step < filling.count; step++) {
        if (missing[step] === 1 || other[step] !== 1) continue
        column.values[step] = value
        column.present[step] = 1
      }
      return column
    }
    if (filling.ofOne !== undefined) ones.set(key, [...one, filled(filling.ofOne, onePresent, manyPresent)])
    if (filling.ofMany !== undefined) manies.set(key, [...many, filled(filling.ofMany, manyPresent, onePresent)])
  }
}

/** What all elements of a group have in common, which is all that is known of a missing one. */
function groupLabels(of: Labels, { labels, on }: VectorMatching): Labels {
  return on ? keepLabels(of, labels) : dropLabels(withoutName(of), labels)
}
