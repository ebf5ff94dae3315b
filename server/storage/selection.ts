// The series that some matchers choose, to be asked for single samples and for the ends of windows instead of copies.
import type { Labels } from '../exposition/snapshot'
import type { EdgeTrack } from './edge-track'
import { createEdge } from './edge-track'
import type { EdgeTracks } from './edge-tracks'
import type { MemorySeries } from './memory-series'
import type { Series } from './series'

/**
 * The first and the last sample of a window, and how many samples it holds, which may be none. `isSteady` says that
 * they tell all: where it is false, there may be a staleness marker in between, or a sample below the one before it.
 */
export type WindowEnds = {
  isSteady: boolean
  count: number
  firstMs: number
  first: number
  lastMs: number
  last: number
}

export type Selection = {
  /** The series' labels: one array for the same question as long as no series begins or ends. */
  readonly rows: readonly Labels[]
  /** The newest sample in (afterMs, toMs]; undefined where there is none, or it is a staleness marker. */
  newestBetween(row: number, afterMs: number, toMs: number): number | undefined
  /** Looks at the window (afterMs, toMs] of one series after the other. */
  windowEnds(afterMs: number, toMs: number): (row: number, into: WindowEnds) => void
  /** Copies of the samples in (afterMs, toMs]; undefined where there is none. */
  samples(row: number, afterMs: number, toMs: number): Series | undefined
}

/** `horizonMs` tells which samples are too old to be seen. */
export function createSelection(all: readonly MemorySeries[], tracks: EdgeTracks, horizonMs: () => number): Selection {
  const seriesAt = (row: number): MemorySeries => {
    const series = all[row]
    if (series === undefined) throw new RangeError(`expected a row below ${all.length}, got ${row}`)
    return series
  }
  const samples: Selection['samples'] = (row, afterMs, toMs) => {
    return seriesAt(row).samples(Math.max(firstAfter(afterMs), horizonMs()), toMs)
  }
  return {
    rows: all.map(({ labels }) => labels),
    newestBetween(row, afterMs, toMs) {
      const series = seriesAt(row)
      if (series.newestMs > toMs) return newestOf(samples(row, afterMs, toMs))
      const isSeen = series.newestMs > afterMs && series.newestMs >= horizonMs()
      return isSeen && !series.isStale ? series.newestValue : undefined
    },
    samples,
    windowEnds(wantedAfterMs, toMs) {
      const afterMs = Math.max(wantedAfterMs, horizonMs() - 1)
      const start = tracks.near(afterMs)
      let end: EdgeTrack | undefined
      const edge = createEdge()
      return (row, into) => {
        const series = seriesAt(row)
        into.isSteady = series.steadySinceMs <= afterMs
        into.count = 0
        if (!into.isSteady || series.newestMs <= afterMs) return
        start.find(series, afterMs, edge)
        const before = edge.ordinal
        into.firstMs = edge.afterMs
        into.first = edge.after
        if (series.newestMs <= toMs) {
          into.lastMs = series.newestMs
          into.last = series.newestValue
          into.count = series.appendedCount - before
          return
        }
        end ??= tracks.near(toMs, start)
        end.find(series, toMs, edge)
        into.lastMs = edge.beforeMs
        into.last = edge.before
        into.count = edge.ordinal - before
      }
    },
  }
}

/** Samples are at whole milliseconds. */
function firstAfter(afterMs: number): number {
  return Math.floor(afterMs) + 1
}

function newestOf(series: Series | undefined): number | undefined {
  if (series === undefined) return undefined
  return series.stale?.at(-1) === 1 ? undefined : series.values.at(-1)
}
