// Adds up what workers have published: counters and histograms become one series, whatever says how one worker is gets its
// slot as the label `worker`. What to add to what is found out once, and again only where a worker has other series.

import { ANNOTATION_METRIC } from '../../instrument/annotations'
import { labelsKey } from '../labels-key'
import { createdNameOf } from '../names'
import type { Exemplar, Family, Labels, Sample, Snapshot } from '../snapshot'
import type { FamilyLayout, SeriesName } from './family-layout'
import { seriesKey } from './family-layout'

/** What one worker has published, or several that have ended. */
export type Source = {
  families: readonly FamilyLayout[]
  /** Those of all families in their order; `low` has what rounding took from sums, where the source is one. */
  numbers: Float64Array
  low: Float64Array | undefined
  exemplars: readonly (readonly [place: number, exemplar: Exemplar])[]
  /** Undefined where the worker has ended: what it counted is kept, and it is not any way any more. */
  slot: number | undefined
}

/** Sums with what rounding took from them: added up again, they are the same whatever came first. */
export type Sums = {
  families: readonly FamilyLayout[]
  numbers: Float64Array
  low: Float64Array
  exemplars: Source['exemplars']
}

/**
 * Counters that say how one event loop is, and nothing when they are added up: a loop without a moment left does not show
 * beside three that have nothing to do.
 */
const OF_ONE_LOOP: ReadonlySet<string> = new Set(['nodejs_eventloop_busy_seconds_total'])

const WORKER = 'worker'

/** How the numbers of a series become one. */
const ADD = 0
/** When counting began. */
const LEAST = 1
/** The same whichever worker has it, such as the version of a build, or a note. */
const MOST = 2
/** Of one worker only. */
const OWN = 3
type Rule = typeof ADD | typeof LEAST | typeof MOST | typeof OWN

type Part = { layout: FamilyLayout; source: number; offset: number }

type FamilyPlan = {
  layouts: readonly FamilyLayout[]
  /** The slots of the sources, by which a plan is known. */
  roles: string
  family: Family
  series: readonly SeriesName[]
  isCreated: Uint8Array
  rules: Uint8Array
  /** Of each part the place of each of its series among the merged ones; -1 for those that are left out. */
  places: readonly Int32Array[]
}

export type MergeOptions = {
  takenAtMs: number
  /** Whether what one worker says gets its slot as a label. If not, at most one source may have a slot. */
  isLabelled: boolean
  /** Whether the samples are to have created times among them. */
  withCreated: boolean
}

export class Merge {
  #plans = new Map<string, FamilyPlan>()

  /**
   * The sources as one snapshot. Families come in the order of the first source that has them. Of a family whose type
   * two workers see differently, that of the first one counts. Of a histogram whose bounds differ between workers, those
   * stay that all have: only they can be added.
   */
  snapshot(sources: readonly Source[], { takenAtMs, isLabelled, withCreated }: MergeOptions): Snapshot {
    const families = this.#eachFamily(sources, isLabelled).map(({ plan, parts }) => {
      const { numbers, low, exemplars } = addUp(plan, parts, sources)
      const samples: Sample[] = []
      for (const [place, { name, labels }] of plan.series.entries()) {
        if (!withCreated && plan.isCreated[place] === 1) continue
        const value = (numbers[place] ?? 0) + (low[place] ?? 0)
        const exemplar = exemplars?.get(place)
        samples.push(exemplar === undefined ? { name, labels, value } : { name, labels, value, exemplar })
      }
      return { ...plan.family, samples }
    })
    return { takenAtMs, families }
  }

  /** What ended sources have counted, to be published in their place. */
  sums(sources: readonly Source[], layoutOf: (family: Family) => FamilyLayout): Sums {
    const families: FamilyLayout[] = []
    const numbers: number[] = []
    const low: number[] = []
    const examples: [number, Exemplar][] = []
    for (const { plan, parts } of this.#eachFamily(sources, true)) {
      if (plan.series.length === 0) continue
      const added = addUp(plan, parts, sources)
      for (const [place, exemplar] of added.exemplars ?? []) examples.push([numbers.length + place, exemplar])
      for (const [place] of plan.series.entries()) {
        numbers.push(added.numbers[place] ?? 0)
        low.push(added.low[place] ?? 0)
      }
      families.push(layoutOf({ ...plan.family, samples: plan.series.map((series) => ({ ...series, value: 0 })) }))
    }
    return { families, numbers: Float64Array.from(numbers), low: Float64Array.from(low), exemplars: examples }
  }

  #eachFamily(sources: readonly Source[], isLabelled: boolean): { plan: FamilyPlan; parts: readonly Part[] }[] {
    const byName = new Map<string, Part[]>()
    for (const [source, { families }] of sources.entries()) {
      let offset = 0
      for (const layout of families) {
        const part = { layout, source, offset }
        const parts = byName.get(layout.family.name)
        if (parts === undefined) byName.set(layout.family.name, [part])
        else if (parts[0]?.layout.family.type === layout.family.type) parts.push(part)
        offset += layout.series.length
      }
    }
    const plans = new Map<string, FamilyPlan>()
    const planned = [...byName].map(([name, parts]) => {
      const roles = `${isLabelled} ${parts.map(({ source }) => sources[source]?.slot)}`
      const former = this.#plans.get(name)
      const isKnown = former?.roles === roles && isSameList(former.layouts, parts)
      const plan = isKnown ? former : planFor(parts, sources, roles, isLabelled)
      plans.set(name, plan)
      return { plan, parts }
    })
    this.#plans = plans
    return planned
  }
}

function isSameList(layouts: readonly FamilyLayout[], parts: readonly Part[]): boolean {
  return layouts.length === parts.length && parts.every(({ layout }, i) => layout === layouts[i])
}

function planFor(parts: readonly Part[], sources: readonly Source[], roles: string, isLabelled: boolean): FamilyPlan {
  const first = parts[0]?.layout.family ?? { name: '', type: 'unknown', help: '', unit: '' }
  const family: Family = { ...first, samples: [] }
  const createdName = createdNameOf(family)
  const series: SeriesName[] = []
  const rules: Rule[] = []
  const byKey = new Map<string, number>()
  const isShared = family.type === 'histogram' ? sharedBounds(parts, family) : () => true
  const places = parts.map(({ layout, source }) => {
    const slot = sources[source]?.slot
    return Int32Array.from(layout.series, ({ name, labels }, i) => {
      const rule = ruleOf(family, name, createdName)
      if ((rule === OWN || rule === MOST) && slot === undefined) return -1
      if (!isShared(name, labels)) return -1
      const key = rule === OWN && isLabelled ? `${slot} ${layout.keys[i]}` : (layout.keys[i] ?? '')
      const known = byKey.get(key)
      if (known !== undefined) return known
      byKey.set(key, series.length)
      series.push({ name, labels: rule === OWN && isLabelled ? withWorker(labels, String(slot)) : labels })
      rules.push(rule)
      return series.length - 1
    })
  })
  const isCreated = Uint8Array.from(series, ({ name }) => (name === createdName ? 1 : 0))
  const layouts = parts.map(({ layout }) => layout)
  return { layouts, roles, family, series, isCreated, rules: Uint8Array.from(rules), places }
}

function ruleOf({ name, type }: Family, sampleName: string, createdName: string | undefined): Rule {
  switch (type) {
    case 'counter':
      if (OF_ONE_LOOP.has(name)) return OWN
      return sampleName === createdName ? LEAST : ADD
    case 'histogram':
      return sampleName === createdName ? LEAST : ADD
    case 'summary':
      if (sampleName === name) return OWN
      return sampleName === createdName ? LEAST : ADD
    case 'info':
      return MOST
    case 'gauge':
      return name.endsWith('_info') || name === ANNOTATION_METRIC ? MOST : OWN
    default:
      return OWN
  }
}

/** As Prometheus does with labels of a target: one of the app's own makes room. */
function withWorker(labels: Labels, slot: string): Labels {
  if (!Object.hasOwn(labels, WORKER)) return { [WORKER]: slot, ...labels }
  const { [WORKER]: theirs = '', ...rest } = labels
  return { [WORKER]: slot, ...rest, exported_worker: theirs }
}

/** Tells of a histogram's buckets whether all workers have them that have the histogram. */
function sharedBounds(parts: readonly Part[], { name }: Family): (sampleName: string, labels: Labels) => boolean {
  const [one, ...others] = parts
  if (one === undefined || others.every(({ layout }) => layout === one.layout)) return () => true
  const childCounts = new Map<string, number>()
  const bucketCounts = new Map<string, number>()
  for (const { layout } of parts) {
    for (const [i, series] of layout.series.entries()) {
      if (series.name === `${name}_count`) countUp(childCounts, labelsKey(series.labels))
      if (series.name === `${name}_bucket`) countUp(bucketCounts, layout.keys[i] ?? '')
    }
  }
  return (sampleName, labels) => {
    if (sampleName !== `${name}_bucket`) return true
    const { le: _, ...child } = labels
    return bucketCounts.get(seriesKey(sampleName, labels)) === childCounts.get(labelsKey(child))
  }
}

function countUp(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

type Added = { numbers: Float64Array; low: Float64Array; exemplars: Map<number, Exemplar> | undefined }

/**
 * The order of the sources changes when some of them end. A rounded sum of the same numbers in another order may be less by
 * a bit, which is a reset to whoever reads a counter: so what rounding takes is added up as well (Neumaier).
 */
function addUp({ series, rules, places }: FamilyPlan, parts: readonly Part[], sources: readonly Source[]): Added {
  const numbers = new Float64Array(series.length)
  const low = new Float64Array(series.length)
  const isSet = new Uint8Array(series.length)
  let exemplars: Map<number, Exemplar> | undefined
  for (const [i, { offset, layout, source: from }] of parts.entries()) {
    const source = sources[from]
    const to = places[i]
    if (source === undefined || to === undefined) continue
    const values = source.numbers
    for (let place = 0; place < to.length; place++) {
      const at = to[place] ?? -1
      if (at < 0) continue
      const value = values[offset + place] ?? 0
      const before = numbers[at] ?? 0
      if (isSet[at] === 0) {
        isSet[at] = 1
        numbers[at] = value
      } else if (rules[at] === ADD) {
        const sum = before + value
        numbers[at] = sum
        if (Number.isFinite(sum)) {
          const lost = Math.abs(before) >= Math.abs(value) ? before - sum + value : value - sum + before
          low[at] = (low[at] ?? 0) + lost
        }
      } else if (rules[at] === LEAST) numbers[at] = Math.min(before, value)
      else if (rules[at] === MOST) numbers[at] = Math.max(before, value)
      if (source.low !== undefined && rules[at] === ADD) low[at] = (low[at] ?? 0) + (source.low[offset + place] ?? 0)
    }
    for (const [place, exemplar] of source.exemplars) {
      const at = place < offset || place >= offset + layout.series.length ? -1 : (to[place - offset] ?? -1)
      if (at < 0) continue
      exemplars ??= new Map()
      const known = exemplars.get(at)
      if ((known?.timestampMs ?? 0) <= (exemplar.timestampMs ?? 0)) exemplars.set(at, exemplar)
    }
  }
  return { numbers, low, exemplars }
}
