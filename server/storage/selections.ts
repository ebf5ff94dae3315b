// The same queries come at every tick: their series are selected once, until a series begins or ends.
import { EdgeTracks } from './edge-tracks'
import type { Selection } from './selection'
import { createSelection } from './selection'
import type { Matcher } from './series'
import type { SeriesTable } from './series-table'

const MAX_SELECTIONS = 64
/** Of all selections together. With all that is remembered of a row it takes some 100 bytes. */
const MAX_ROWS = 250_000
/** In characters: the expressions of a board are shorter. */
const LONGEST_KEY = 16_384

export class Selections {
  readonly #known = new Map<string, Selection>()
  readonly #tracks = new EdgeTracks()
  #version = -1

  constructor(
    private readonly table: SeriesTable,
    private readonly horizonMs: () => number,
  ) {}

  /** In small steps. Throws as `SeriesIndex.select` does. */
  *of(matchers: readonly Matcher[]): Generator<void, Selection> {
    const key = JSON.stringify(matchers.map(({ name, op, value }) => [name, op, value]))
    const known = this.#current().get(key)
    if (known !== undefined) return known
    const { version } = this.table
    const series = yield* this.table.index.select(matchers)
    // Somebody else may have asked the same meanwhile.
    const selection = this.#current().get(key) ?? createSelection(series, this.#tracks, this.horizonMs)
    // What began meanwhile is not in it, and so it is not remembered.
    if (version === this.table.version && key.length <= LONGEST_KEY) this.#remember(key, selection)
    return selection
  }

  /** What was asked for first gives way. */
  #remember(key: string, selection: Selection): void {
    this.#known.delete(key)
    let rows = selection.rows.length
    for (const other of this.#known.values()) rows += other.rows.length
    for (const [first, { rows: freed }] of this.#known) {
      if (rows <= MAX_ROWS && this.#known.size < MAX_SELECTIONS) break
      this.#known.delete(first)
      rows -= freed.length
    }
    if (rows <= MAX_ROWS) this.#known.set(key, selection)
  }

  /** Those of the series that there are now. */
  #current(): Map<string, Selection> {
    if (this.#version !== this.table.version) this.#known.clear()
    this.#version = this.table.version
    return this.#known
  }

  /** For when samples were cut off at the newer end. */
  forget(): void {
    this.#known.clear()
    this.#tracks.clear()
  }
}
