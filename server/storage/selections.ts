// The same questions come at every tick: which series they are about is found out once, until one begins or ends.
import { EdgeTracks } from './edge-tracks'
import type { Selection } from './selection'
import { createSelection } from './selection'
import type { Matcher } from './series'
import type { SeriesTable } from './series-table'

const MAX_SELECTIONS = 64

export class Selections {
  readonly #known = new Map<string, Selection>()
  readonly #tracks = new EdgeTracks()
  #version = -1

  constructor(
    private readonly table: SeriesTable,
    private readonly horizonMs: () => number,
  ) {}

  /** Throws as `SeriesIndex.select` does. */
  of(matchers: readonly Matcher[]): Selection {
    if (this.#version !== this.table.version || this.#known.size > MAX_SELECTIONS) this.#known.clear()
    this.#version = this.table.version
    const key = JSON.stringify(matchers.map(({ name, op, value }) => [name, op, value]))
    const selection =
      this.#known.get(key) ?? createSelection(this.table.index.select(matchers), this.#tracks, this.horizonMs)
    this.#known.set(key, selection)
    return selection
  }

  /** For when samples were cut off at the newer end. */
  forget(): void {
    this.#known.clear()
    this.#tracks.clear()
  }
}
