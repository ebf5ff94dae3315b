// Pairs the elements of two vectors by their labels: one to one, or many to one with group_left and group_right.
import type { Labels } from '../exposition/snapshot'
import { labelValue } from '../storage/matcher'
import type { BinaryExpr, VectorMatching } from './ast'
import type { Column, NewColumn } from './columns'
import { emptyColumn, groupByKey, isPresent, mergeEqual } from './columns'
import type { Evaluation } from './evaluation'
import { dropLabels, formatLabels, keepLabels, keyOn, labelsKey, nameLabel, withLabel, withoutName } from './labels'
import { PromqlError } from './promql-error'
import type { KeyOf } from './set-operators'

/** What an operator makes of a pair: `value` is undefined where a filter drops it. */
export type PairFunction = (left: number, right: number) => number | undefined

export function matchingKey({ labels, on }: VectorMatching): KeyOf {
  if (on) return (of) => keyOn(of, labels)
  if (labels.length === 0) return (of) => labelsKey(withoutName(of))
  return (of) => labelsKey(dropLabels(withoutName(of), labels))
}

/** Throws PromqlError in Prometheus's words where the labels don't make unique pairs. */
export async function pairVectors(
  binary: BinaryExpr,
  left: readonly Column[],
  right: readonly Column[],
  pair: PairFunction,
  dropsName: boolean,
  { budget, steps }: Evaluation,
): Promise<readonly Column[]> {
  const { matching } = binary
  const isSwapped = matching.card === 'one-to-many'
  const [many, one] = isSwapped ? [right, left] : [left, right]
  const keyOf = matchingKey(matching)
  const ones = groupByKey(one, keyOf)
  const several = [...ones.values()].filter((group) => group.length > 1)
  const manyPresent = several.length > 0 ? anyPresent(many, steps.count) : new Uint8Array()
  const conflicts = several.map((group) => duplicateOf(group, manyPresent, binary))

  const results: Column[] = []
  for (const [key, group] of groupByKey(many, keyOf)) {
    if (budget.isDue) await budget.pause()
    const paired: Column[] = []
    for (const manyColumn of group) {
      for (const oneColumn of ones.get(key) ?? []) {
        const labels = resultLabels(manyColumn.labels, oneColumn.labels, matching, dropsName)
        const result = emptyColumn(labels, steps.count)
        combine(manyColumn, oneColumn, isSwapped ? (x, y) => pair(y, x) : pair, result)
        if (isPresent(result)) paired.push(result)
      }
    }
    if (paired.length > 1) conflicts.push(ambiguityOf(paired, binary))
    results.push(...paired)
  }
  throwFirst(conflicts, binary)
  return mergeEqual(results)
}

function combine(a: Column, b: Column, pair: PairFunction, into: NewColumn): void {
  for (let step = 0; step < into.values.length; step++) {
    if (a.present[step] !== 1 || b.present[step] !== 1) continue
    const value = pair(a.values[step] ?? 0, b.values[step] ?? 0)
    if (value === undefined) continue
    into.values[step] = value
    into.present[step] = 1
  }
}

function anyPresent(columns: readonly Column[], count: number): Uint8Array {
  const any = new Uint8Array(count)
  for (const { present } of columns)
    for (let step = 0; step < count; step++) any[step] = (any[step] ?? 0) | (present[step] ?? 0)
  return any
}

/** The pair's labels: those of the "many" side, cut to what was matched on, with `include` from the "one" side. */
function resultLabels(many: Labels, one: Labels, matching: VectorMatching, dropsName: boolean): Labels {
  let labels = dropsName ? withoutName(many) : many
  if (matching.card === 'one-to-one') {
    labels = matching.on ? keepLabels(labels, matching.labels) : dropLabels(labels, matching.labels)
  }
  for (const name of matching.include) labels = withLabel(labels, name, labelValue(one, name))
  return labels
}

/** What is wrong with the pairs of a step. */
type Conflict = { step: number; message: string }

/** Prometheus goes from step to step, so the earliest conflict is the one that it reports. */
function throwFirst(conflicts: (Conflict | undefined)[], { from, to }: BinaryExpr): void {
  let first: Conflict | undefined
  for (const conflict of conflicts) if (conflict && conflict.step < (first?.step ?? Infinity)) first = conflict
  if (first) throw new PromqlError(first.message, from, to)
}

/** The "one" side must not have two elements of the same key at a step where the other side has any. */
function duplicateOf(group: Column[], otherPresent: Uint8Array, { matching }: BinaryExpr): Conflict | undefined {
  for (let step = 0; step < otherPresent.length; step++) {
    if (otherPresent[step] !== 1) continue
    const [first, second] = group.filter(({ present }) => present[step] === 1)
    if (!first || !second) continue
    const { card, labels, on } = matching
    const key = on ? keepLabels(second.labels, labels) : dropLabels(second.labels, [...labels, nameLabel])
    const side = card === 'one-to-many' ? 'left' : 'right'
    const both = `[${formatLabels(second.labels)}, ${formatLabels(first.labels)}]`
    const found = `found duplicate series for the match group ${formatLabels(key)} on the ${side} hand-side`
    const why = 'many-to-many matching not allowed: matching labels must be unique on one side'
    return { step, message: `${found} of the operation: ${both};${why}` }
  }
  return undefined
}

/** Within one key, results that meet at a step must be told apart by labels, and one-to-one allows none at all. */
function ambiguityOf(paired: Column[], { matching }: BinaryExpr): Conflict | undefined {
  const isOneToOne = matching.card === 'one-to-one'
  const why = isOneToOne
    ? 'many-to-one matching must be explicit (group_left/group_right)'
    : 'grouping labels must ensure unique matches'
  const taken = new Map<string, Uint8Array>()
  let first = Infinity
  for (const { labels, present } of paired) {
    const key = isOneToOne ? '' : labelsKey(labels)
    const steps = taken.get(key) ?? new Uint8Array(present.length)
    for (let step = 0; step < present.length; step++) {
      if (present[step] === 1 && steps[step] === 1) first = Math.min(first, step)
      steps[step] = (steps[step] ?? 0) | (present[step] ?? 0)
    }
    taken.set(key, steps)
  }
  return first === Infinity ? undefined : { step: first, message: `multiple matches for labels: ${why}` }
}
