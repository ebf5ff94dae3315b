// What of a worker's counts is counted elsewhere: a process that was taken for one that has ended goes on counting from there.
import type { Snapshot } from '../snapshot'
import { seriesKey } from './family-layout'
import type { Published } from './publisher'

const COUNTS: readonly string[] = ['counter', 'histogram', 'summary']

export class Baseline {
  private constructor(private readonly counted: ReadonlyMap<string, number>) {}

  /** Of what was published, which had the baseline before taken off. */
  static of({ layout, values }: Published, before: Baseline | undefined): Baseline {
    const counted = new Map(before?.counted)
    let place = 0
    for (const { family, keys, series } of layout.families) {
      for (const [i, { name }] of series.entries()) {
        const value = values.numbers[place++] ?? 0
        const key = keys[i] ?? ''
        const isCount = COUNTS.includes(family.type) && !name.endsWith('_created')
        if (isCount) counted.set(key, (counted.get(key) ?? 0) + value)
      }
    }
    return new Baseline(counted)
  }

  take(snapshot: Snapshot): Snapshot {
    const families = snapshot.families.map((family) => {
      if (!COUNTS.includes(family.type)) return family
      const samples = family.samples.map((sample) => {
        const counted = this.counted.get(seriesKey(sample.name, sample.labels))
        return counted === undefined ? sample : { ...sample, value: sample.value - counted }
      })
      return { ...family, samples }
    })
    return { ...snapshot, families }
  }
}
