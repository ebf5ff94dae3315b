// A family without its values: what a worker publishes once, and again only where it has changed. Families that say the same
// are one object, whichever worker has published them, so that adding them up compares nothing.

import { setLabel } from '../labels'
import { labelsKey } from '../labels-key'
import type { Family, Labels, MetricType } from '../snapshot'
import { METRIC_TYPES } from '../snapshot'

export type SeriesName = Readonly<{ name: string; labels: Labels }>

/** More texts than so many are not remembered: an app has some hundred families. */
const MOST_KNOWN = 4_096

const TYPES: readonly string[] = METRIC_TYPES

export class FamilyLayout {
  #keys: readonly string[] | undefined

  constructor(
    /** Itself as text. */
    readonly text: string,
    readonly family: Readonly<Omit<Family, 'samples'>>,
    readonly series: readonly SeriesName[],
  ) {}

  /** What tells each series of the family from the others, in whatever order their labels are. */
  get keys(): readonly string[] {
    this.#keys ??= this.series.map(({ name, labels }) => seriesKey(name, labels))
    return this.#keys
  }
}

export const seriesKey = (name: string, labels: Labels): string => `${name} ${labelsKey(labels)}`

/** The layouts of this process, each text once. */
export class KnownLayouts {
  readonly #byText = new Map<string, FamilyLayout>()

  /** Throws an Error for a text that no worker writes. */
  read(text: string): FamilyLayout {
    return this.#byText.get(text) ?? this.#keep(parse(text))
  }

  of(family: Family): FamilyLayout {
    const text = textOf(family)
    return this.#byText.get(text) ?? this.#keep(new FamilyLayout(text, withoutSamples(family), namesOf(family)))
  }

  #keep(layout: FamilyLayout): FamilyLayout {
    if (this.#byText.size >= MOST_KNOWN) this.#byText.clear()
    this.#byText.set(layout.text, layout)
    return layout
  }
}

/** Whether a family has the series that it had before. As long as a series exists, its labels are the same object. */
export function isSameFamily(before: Family, { name, type, help, samples }: Family): boolean {
  if (before.samples.length !== samples.length || before.name !== name) return false
  if (before.type !== type || before.help !== help) return false
  for (let i = 0; i < samples.length; i++) {
    const [one, other] = [before.samples[i], samples[i]]
    if (one?.labels !== other?.labels || one?.name !== other?.name) return false
  }
  return true
}

const withoutSamples = ({ name, type, help, unit }: Family) => ({ name, type, help, unit })

const namesOf = ({ samples }: Family): SeriesName[] => samples.map(({ name, labels }) => ({ name, labels }))

/** One line. Of a series that has the family's name, the name is left out. */
function textOf({ name, type, help, unit, samples }: Family): string {
  const series = samples.map((sample) => {
    const words = [sample.name === name ? 0 : sample.name]
    for (const label in sample.labels) words.push(label, sample.labels[label] ?? '')
    return words
  })
  return JSON.stringify([name, type, help, unit, series])
}

function parse(text: string): FamilyLayout {
  const [name, type, help, unit, series]: unknown[] = list(JSON.parse(text))
  const family = { name: word(name), type: typeOf(type), help: word(help), unit: word(unit) }
  return new FamilyLayout(
    text,
    family,
    list(series).map((words) => {
      const [own, ...pairs] = list(words)
      const labels: Record<string, string> = {}
      for (let i = 0; i < pairs.length; i += 2) setLabel(labels, word(pairs[i]), word(pairs[i + 1]))
      return { name: own === 0 ? family.name : word(own), labels }
    }),
  )
}

function list(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  throw new Error(`expected a list, got ${typeof value}`)
}

function word(value: unknown): string {
  if (typeof value === 'string') return value
  throw new Error(`expected a text, got ${typeof value}`)
}

function typeOf(value: unknown): MetricType {
  const type = word(value)
  if (TYPES.includes(type)) return type as MetricType
  throw new Error(`expected the type of a metric, got ${type}`)
}
