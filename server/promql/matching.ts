// Pairs the elements of two vectors by their labels: one to one, or many to one with group_left and group_right.
import type { Labels } from '../exposition/snapshot'
import { labelValue } from '../storage/matcher'
import type { BinaryExpr, VectorMatching } from './ast'
import type { Budget } from './budget'
import type { Column, NewColumn } from './columns'
import { ColumnMaker, groupByKey, isPresent, mergeEqual } from './columns'
import type { Evaluation } from './evaluation'
import { fillIn } from './fill'
import {
  dropLabels,
  formatLabels,
  keepLabels,
  keyOn,
  LABELS_BYTES,
  labelsKey,
  withLabel,
  withoutMetadata,
  withoutName,
} from './labels'
import { anyPresent } from './presence'
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
  const ones = await groupByKey(one, keyOf, budget)
  const manies = await groupByKey(many, keyOf, budget)
  const [ofMany, ofOne] = isSwapped
    ? [matching.fill?.right, matching.fill?.left]
    : [matching.fill?.left, matching.fill?.right]
  const several = [...ones.values()].filter((group) => group.length > 1)
  const hasMany = ofMany !== undefined ? new Uint8Array(steps.count).fill(1) : undefined
  const manyPresent = hasMany ?? (several.length > 0 ? await anyPresent(many, steps.count, budget) : new Uint8Array())
  const earliest = new EarliestConflict(steps.count)
  for (const group of several) {
    if (budget.isDue) await budget.pause()
    earliest.add(duplicateOf(group, manyPresent, binary))
  }

  if (matching.fill) await fillIn(ones, manies, { matching, ofMany, ofOne, count: steps.count }, budget)
  const results: Column[] = []
  const maker = new ColumnMaker(steps.count, budget)
  const pairOf: PairFunction = isSwapped ? (x, y) => pair(y, x) : pair
  for (const [key, group] of manies) {
    const paired: Column[] = []
    const partners = ones.get(key) ?? []
    if (matching.card === 'one-to-one' && group.length > 1 && partners.length > 0) {
      earliest.add(await severalOf(group, partners, steps.count, budget))
    }
    for (const manyColumn of group) {
      for (const oneColumn of partners) {
        if (budget.isDue) await budget.pause()
        // Prometheus goes from step to step, and has ended before it came to the later ones.
        if (earliest.step === 0) throw earliest.error(binary)
        const labels = resultLabels(manyColumn.labels, oneColumn.labels, matching, dropsName)
        const result = maker.next(labels)
        combine(manyColumn, oneColumn, pairOf, result, earliest.step)
        if (!isPresent(result)) continue
        if (labels !== manyColumn.labels) budget.hold(LABELS_BYTES)
        paired.push(result)
      }
    }
    if (matching.card !== 'one-to-one' && paired.length > 1) earliest.add(await ambiguityOf(paired, budget))
    for (const result of paired) results.push(result)
  }
  if (earliest.step < steps.count) throw earliest.error(binary)
  return mergeEqual(results, budget)
}

function combine(a: Column, b: Column, pair: PairFunction, into: NewColumn, steps: number): void {
  for (let step = 0; step < steps; step++) {
    if (a.present[step] !== 1 || b.present[step] !== 1) continue
    const value = pair(a.values[step] ?? 0, b.values[step] ?? 0)
    if (value === undefined) continue
    into.values[step] = value
    into.present[step] = 1
  }
}

/** The pair's labels: those of the "many" side, cut to what was matched on, with `include` from the "one" side. */
function resultLabels(many: Labels, one: Labels, matching: VectorMatching, dropsName: boolean): Labels {
  let labels = dropsName ? withoutMetadata(many) : many
  if (matching.card === 'one-to-one') {
    labels = matching.on ? keepLabels(labels, matching.labels) : dropLabels(labels, matching.labels)
  }
  for (const name of matching.include) labels = withLabel(labels, name, labelValue(one, name))
  return labels
}

/** What is wrong with the pairs of a step. */
type Conflict = { step: number; message: string }

/** Prometheus goes from step to step, so the earliest conflict is the one that it reports: of a step, the first. */
class EarliestConflict {
  #message = ''

  /** `step` is the number of steps as long as there is no conflict. */
  constructor(public step: number) {}

  add(conflict: Conflict | undefined): void {
    if (conflict === undefined || conflict.step >= this.step) return
    this.step = conflict.step
    this.#message = conflict.message
  }

  error({ from, to }: BinaryExpr): PromqlError {
    return new PromqlError(this.#message, from, to)
  }
}

/** The "one" side must not have two elements of the same key at a step where the other side has any. */
function duplicateOf(group: Column[], otherPresent: Uint8Array, { matching }: BinaryExpr): Conflict | undefined {
  for (let step = 0; step < otherPresent.length; step++) {
    if (otherPresent[step] !== 1) continue
    const first = group.findIndex(({ present }) => present[step] === 1)
    const second = group.findIndex(({ present }, i) => i > first && present[step] === 1)
    const [known, other] = [group[first], group[second]]
    if (!known || !other) continue
    const { card, labels, on } = matching
    const key = on ? keepLabels(other.labels, labels) : dropLabels(withoutName(other.labels), labels)
    const side = card === 'one-to-many' ? 'left' : 'right'
    const both = `[${formatLabels(other.labels)}, ${formatLabels(known.labels)}]`
    const found = `found duplicate series for the match group ${formatLabels(key)} on the ${side} hand-side`
    const why = 'many-to-many matching not allowed: matching labels must be unique on one side'
    return { step, message: `${found} of the operation: ${both};${why}` }
  }
  return undefined
}

/**
 * One to one, at a step where one element has a partner a second one must not have it too: not even where a filter would
 * drop the pair, as of Prometheus 3.9.
 */
async function severalOf(
  group: readonly Column[],
  partners: readonly Column[],
  count: number,
  budget: Budget,
): Promise<Conflict | undefined> {
  const partnered = await anyPresent(partners, count, budget)
  const taken = new Uint8Array(count)
  let first = Infinity
  for (const { present } of group) {
    if (budget.isDue) await budget.pause()
    for (let step = 0; step < count; step++) {
      if (present[step] !== 1 || partnered[step] !== 1) continue
      if (taken[step] === 1) first = Math.min(first, step)
      taken[step] = 1
    }
  }
  if (first === Infinity) return undefined
  const why = 'many-to-one matching must be explicit (group_left/group_right)'
  return { step: first, message: `multiple matches for labels: ${why}` }
}

/** Within one key, results that meet at a step must be told apart by labels. */
async function ambiguityOf(paired: Column[], budget: Budget): Promise<Conflict | undefined> {
  const taken = new Map<string, Uint8Array>()
  let first = Infinity
  for (const { labels, present } of paired) {
    if (budget.isDue) await budget.pause()
    const key = labelsKey(labels)
    const steps = taken.get(key) ?? new Uint8Array(present.length)
    for (let step = 0; step < present.length; step++) {
      if (present[step] === 1 && steps[step] === 1) first = Math.min(first, step)
      steps[step] = (steps[step] ?? 0) | (present[step] ?? 0)
    }
    taken.set(key, steps)
  }
  if (first === Infinity) return undefined
  return { step: first, message: 'multiple matches for labels: grouping labels must ensure unique matches' }
}
