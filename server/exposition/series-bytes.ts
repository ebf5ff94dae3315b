// What a series takes of the heap, told by its text alone, so that it can be told before there is one. docs/storage.md
// has what was measured: labels are held as they came, as they are stored, and in the keys by which they are found.
import type { Labels } from './snapshot'

const BYTES = 2_200
const BYTES_PER_CHARACTER = 11

/** Of `count` series whose names and labels have so many characters together. */
export function seriesBytes(characters: number, count = 1): number {
  return count * BYTES + characters * BYTES_PER_CHARACTER
}

/** Of the series with these labels, `__name__` among them. */
export function bytesOfSeries(labels: Labels): number {
  let characters = 0
  for (const name in labels) characters += name.length + (labels[name]?.length ?? 0)
  return seriesBytes(characters)
}
