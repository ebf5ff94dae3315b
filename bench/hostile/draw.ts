// What the hostile questions draw from a source of random numbers.
import type { Random } from '../../server/promql/differential/generated-series'

/** Throws where there is nothing to choose from. */
export function pick<T>(random: Random, choices: readonly T[]): T {
  if (choices.length === 0) throw new Error('expected something to choose from, got nothing')
  return choices[Math.floor(random() * choices.length)] as T
}

/** A whole number, both ends included. */
export function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1))
}

/** A whole number of which each order of magnitude is as likely as any other. */
export function upTo(random: Random, least: number, most: number): number {
  return Math.round(least * (most / least) ** random())
}

export function times<T>(count: number, make: (place: number) => T): T[] {
  return Array.from({ length: count }, (_, place) => make(place))
}

export function word(random: Random, length = between(random, 3, 9)): string {
  return times(length, () => String.fromCharCode(between(random, 97, 122))).join('')
}
