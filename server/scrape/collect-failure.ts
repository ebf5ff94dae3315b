// A scrape that failed on the way, and what was read before.
import type { Family } from '../exposition/snapshot'

export type ReadBefore = {
  /** How many samples were read, the one among them that failed a check. */
  samples: number
  /** How many passed. */
  kept: number
  /** Those that passed, as far as they were made. */
  families: readonly Family[]
}

/** The message says why, in words. */
export class CollectFailure extends Error {
  override readonly name = 'CollectFailure'

  constructor(
    message: string,
    readonly before: ReadBefore,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
