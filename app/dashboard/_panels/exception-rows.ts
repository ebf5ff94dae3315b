// From the counts of exceptions_total, and what the server has kept of their words, to the rows of the list.
import type { ExceptionGroup } from '@/server/instrument/exception-log'
import type { LiveSeries } from '../_live/live-board'

/** One class of exception on one route. `words` are undefined where the process that counted it is another one. */
export type ExceptionRow = {
  key: string
  error: string
  kind: string
  route: string
  count: number
  words: ExceptionGroup | undefined
}

/** A row for each count, the one that was seen last first; then those of which that isn't known, the most frequent first. */
export function toExceptionRows(counts: readonly LiveSeries[], groups: readonly ExceptionGroup[]): ExceptionRow[] {
  const words = new Map(groups.map((group) => [keyOf(group), group]))
  return counts
    .flatMap(({ labels: { error = '', kind = '', route = '' }, values }): ExceptionRow[] => {
      const count = values.at(-1) ?? 0
      const key = keyOf({ error, kind, route })
      return count > 0 ? [{ key, error, kind, route, count, words: words.get(key) }] : []
    })
    .sort((a, b) => (b.words?.lastMs ?? 0) - (a.words?.lastMs ?? 0) || b.count - a.count || (a.key < b.key ? -1 : 1))
}

export const keyOf = ({ error, kind, route }: { error: string; kind: string; route: string }) =>
  JSON.stringify([error, kind, route])
