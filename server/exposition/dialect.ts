// What a format decides when a snapshot is rendered in it.
import type { Family } from './snapshot'

export type Dialect = {
  familyText(family: Family): FamilyText
  timestampText(timestampMs: number): string
  /** The last line. */
  end: string
}

/** How a family is written: the lines above its samples, and what is peculiar to samples of certain names. */
export type FamilyText = {
  metadata: string
  /** Samples of this name are left out. */
  hidden: string | undefined
  /** Only samples of this name may show an exemplar. */
  exemplarsOn: string | undefined
}
