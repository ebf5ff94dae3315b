// The groups of exceptions as rows: how often and since when, from the metric over the time that is remembered, and from the
// log of the process that serves the page.
import type { ExceptionGroup } from '@/server/instrument/exception-log'
import type { LiveSeries } from '../_live/live-board'
import type { ExceptionRow } from '../_panels/exception-rows'
import { keyOf, toExceptionRows } from '../_panels/exception-rows'

export type ErrorRow = ExceptionRow & {
  /** Exceptions per second, at each point of the board. */
  rates: readonly (number | null)[]
  /** In the time that is remembered; undefined before it is known. */
  firstMs: number | undefined
  lastMs: number | undefined
  /** It was never seen before the process's last start, or its last build. */
  isNew: boolean
}

/** What is remembered of the counts: a point for each step, which is there as soon as one of its samples is. */
export type ErrorHistory = {
  timesMs: readonly number[]
  series: readonly LiveSeries[]
  /** The last start or build; undefined where nothing before one is remembered. */
  sinceMs: number | undefined
}

/** The one that was seen last first. */
export function toErrorRows(
  counts: readonly LiveSeries[],
  rates: readonly LiveSeries[],
  groups: readonly ExceptionGroup[],
  history: ErrorHistory | undefined,
): ErrorRow[] {
  const ratesOf = new Map(rates.map(({ labels, values }) => [keyOf(namesOf(labels)), values]))
  const countsOf = new Map(history?.series.map(({ labels, values }) => [keyOf(namesOf(labels)), values]))
  const rows = toExceptionRows(counts, groups).map((row): ErrorRow => {
    const seen = history && seenIn(history, countsOf.get(row.key) ?? [])
    // The log knows the moment, the metric only the step, but that of processes before it too.
    const toldMs = row.words?.firstMs
    const isOlder = seen?.firstMs !== undefined && (toldMs === undefined || seen.firstMs < toldMs)
    const firstMs = isOlder ? seen.firstMs : toldMs
    const surelyFromMs = isOlder ? seen.fromMs : toldMs
    const sinceMs = history?.sinceMs
    return {
      ...row,
      rates: ratesOf.get(row.key) ?? [],
      firstMs,
      lastMs: row.words?.lastMs ?? seen?.lastMs,
      isNew: sinceMs !== undefined && surelyFromMs !== undefined && surelyFromMs >= sinceMs,
    }
  })
  return rows.sort((a, b) => (b.lastMs ?? 0) - (a.lastMs ?? 0) || b.count - a.count)
}

/** The first step that has it: when it ends, and since when it can have been; and the step in which its count rose last. */
function seenIn({ timesMs }: ErrorHistory, values: readonly (number | null)[]) {
  const first = values.findIndex((value) => value !== null && value > 0)
  const last = values.findLastIndex((value, i) => value !== null && value > (values[i - 1] ?? 0))
  return { firstMs: timesMs[first], fromMs: timesMs[first - 1], lastMs: timesMs[last] }
}

const namesOf = ({ error = '', kind = '', route = '' }: LiveSeries['labels']) => ({ error, kind, route })
