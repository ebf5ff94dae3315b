// The memory that the series of all other targets share. If a target has more new series than there is room for, its answer is
// refused while it arrives, before it is stored.
import { formatBytes } from '../byte-size'
import { seriesBytes } from '../exposition/series-bytes'
import type { Labels } from '../exposition/snapshot'
import { variableName } from '../variable-name'

/** What the storage has, and has room for, of one target. */
export type SeriesRoom = { heldSeries: number; freeBytes: number }

/** The memory as one target sees it. */
export type TargetMemory = {
  /** Of the unpacked body. */
  bodyLimitBytes: number
  /**
   * Throws an Error where an answer brings more new series than there is room for. It has so many samples, in so many
   * bytes, until now; as long as it isn't settled, others have that much less room.
   */
  requireRoom(samples: number, bytes: number): void
  /** What came in is stored, or was dropped. */
  settle(): void
}

export type SeriesMemoryOptions = {
  limitBytes: number
  /** How many targets there are besides this process. */
  targetCount(): number
  roomFor(target: Labels): SeriesRoom
  /** Hears how many samples were refused. */
  refuse(samples: number): void
}

/** A body is larger than what is made of it only if it says little. */
const BODY_PART = 1 / 4
const BODY_LIMIT_BYTES = 32_000_000

/**
 * A target that has a little more than fits is stored in part. All targets together may have so much more: what the
 * storage refuses takes half of what it would take in it.
 */
const EXCESS_PART = 1 / 8

/** Gives each target, by its labels, the memory as it sees it. */
export function createSeriesMemory({ limitBytes, targetCount, roomFor, refuse }: SeriesMemoryOptions) {
  const announced = new Map<TargetMemory, number>()

  return (target: Labels): TargetMemory => {
    const memory: TargetMemory = {
      bodyLimitBytes: Math.min(BODY_LIMIT_BYTES, limitBytes * BODY_PART),
      requireRoom(samples, bytes) {
        const { heldSeries, freeBytes } = roomFor(target)
        const newSeries = samples - heldSeries
        if (newSeries <= 0) return
        announced.delete(memory)
        let othersBytes = 0
        for (const bytes of announced.values()) othersBytes += bytes
        const room = Math.max(0, freeBytes - othersBytes) + (limitBytes * EXCESS_PART) / Math.max(targetCount(), 1)
        const newBytes = seriesBytes((bytes * newSeries) / samples, newSeries)
        if (newBytes > room) {
          refuse(newSeries)
          const count = Math.floor((newSeries * room) / newBytes) + heldSeries
          throw new Error(
            `more series than ${variableName('SERIES_MEMORY')} (${formatBytes(limitBytes)}) has room for, some ${count}`,
          )
        }
        announced.set(memory, newBytes)
      },
      settle: () => {
        announced.delete(memory)
      },
    }
    return memory
  }
}
