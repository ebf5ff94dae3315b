// Thresholds, as Grafana has them: from which value on a number is a warning, and from which it is bad. They are declared
// with the query whose value they judge; docs/dashboard.md lists them.
import type { Unit } from '../_format/unit'

export type Level = 'good' | 'warning' | 'bad'

export type Thresholds = {
  /** The least value that is a warning, and the least that is bad, in PromQL's units. */
  warning: number
  bad: number
  unit: Unit
  /** What a value is, in few words: `$value errors`. */
  says: string
  /** The time that the value is about, such as `last $range`. */
  window: string
}

/** From the least to the worst. */
export const LEVELS = ['good', 'warning', 'bad'] as const satisfies readonly Level[]

/** The level of a value; undefined where there is none to judge: no traffic, 0/0. */
export function toLevel(value: number | null | undefined, { warning, bad }: Thresholds): Level | undefined {
  if (value === null || value === undefined || Number.isNaN(value)) return undefined
  if (value >= bad) return 'bad'
  return value >= warning ? 'warning' : 'good'
}

/** The first of the worst; undefined where there is nothing to judge. */
export function worstOf<Judged extends { level: Level }>(all: readonly Judged[]): Judged | undefined {
  const ranks = all.map(({ level }) => LEVELS.indexOf(level))
  return all[ranks.indexOf(Math.max(...ranks))]
}
