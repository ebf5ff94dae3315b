// What is to be written at a flush. Each flush writes a tail: what every series got since the flush before. The series
// are dealt into parts, and at each flush it is the turn of one part: of its series a block is written instead, with
// all that they got since their last turn. So a tail that is older than a round says nothing that blocks don't, and is
// deleted. Blocks go when the retention is over. Every flush costs about the same, and the file stays small.
import { labelsKey } from '../../exposition/labels-key'
import type { Labels } from '../../exposition/snapshot'
import type { StoredSeries } from '../series'
import type { Storage } from '../storage'
import { FileRows } from './file-rows'
import type { Change, RowOutline } from './history-file'
import type { Row } from './row'
import { RowBuilder } from './row-builder'
import { toChunks } from './to-chunks'

/** How many flushes a round has. With the default intervals, what a series gets in a round is one chunk. */
export const PARTS = 23

const NEVER = Number.NEGATIVE_INFINITY
const EVER = Number.POSITIVE_INFINITY

/** What the file has of one series. */
export type Written = {
  seriesId: number
  /** Whether it has the labels. */
  isNamed: boolean
  /** Whether what this process writes of it follows what the file has, without a gap that nobody marks. */
  isBegun: boolean
  /** The newest sample in tails and blocks. */
  newestMs: number
  /** The newest sample in blocks. */
  blockedMs: number
  /** Whether another number stands for the same labels by now: what has this one is too old. */
  isReplaced: boolean
}

const NOT_WRITTEN = { isNamed: false, isBegun: false, newestMs: NEVER, blockedMs: NEVER, isReplaced: false }

/** A change of the file, and what is to be called when it was made. */
export type Flush = { change: Change; confirm(): void }

/** What is collected for a flush. */
type Collected = {
  isRewriting: boolean
  part: number
  tail: RowBuilder
  /** By part. */
  blocks: Map<number, RowBuilder>
  /** The series of each part whose turn it is. */
  members: Map<number, StoredSeries[]>
  progress: { written: Written; newestMs: number; isBlock: boolean }[]
}

type WriteBehindOptions = { memory: Pick<Storage, 'find' | 'horizonMs'>; limitBytes: number }

export class WriteBehind {
  readonly #memory: WriteBehindOptions['memory']
  readonly #limitBytes: number
  readonly #rows: FileRows
  #written = new WeakMap<StoredSeries, Written>()
  /** Of the series that the file has, by the key of their labels, until the memory has all of them. */
  readonly #known = new Map<string, Written>()
  #part = 0
  /** For each part the first row that was written at its last turn or later. */
  readonly #turns = new Float64Array(PARTS)
  /** For each part the series whose labels its last row of labels has. */
  readonly #named: string[] = Array.from({ length: PARTS }, () => '')
  #isLoaded = false
  #isRewriting = false

  /** Goes on with a file that has these rows, and is to have no more bytes than the limit. */
  constructor({ memory, limitBytes }: WriteBehindOptions, rows: readonly RowOutline[]) {
    this.#memory = memory
    this.#limitBytes = limitBytes
    this.#rows = new FileRows(rows)
  }

  /** The file has the labels of this series. To be told before the first flush. */
  know(labels: Labels, seriesId: number): Written {
    const key = labelsKey(labels)
    const earlier = this.#known.get(key)
    if (earlier !== undefined) earlier.isReplaced = true
    const written = { ...NOT_WRITTEN, seriesId, isNamed: true }
    this.#known.set(key, written)
    return written
  }

  /** The memory has what the file has of a series that is known: up to `newestMs`, in blocks up to `blockedMs`. */
  adopted(written: Written, newestMs: number, blockedMs: number): void {
    written.newestMs = Math.max(written.newestMs, newestMs)
    written.blockedMs = blockedMs
    // The memory has a staleness marker where the earlier process ended, and it will be written.
    written.isBegun = true
  }

  /** The memory has all that the file has: the rounds begin. */
  *finishLoading(): Generator<void, void> {
    for (const series of this.#memory.find([], NEVER, EVER)) {
      this.#writtenOf(series)
      yield
    }
    this.#known.clear()
    this.#isLoaded = true
    if (this.#isRewriting) this.rewrite()
  }

  /** The file has samples that the memory hasn't: the next flush replaces all of it, the next after loading at least. */
  rewrite(): void {
    this.#isRewriting = true
    if (this.#isLoaded) this.#written = new WeakMap()
  }

  /** The rows to look at before anything is written. */
  toCheck(isTouched: boolean): RowOutline[] {
    return this.#rows.toCheck(isTouched)
  }

  /** Nothing is taken for written before it is confirmed; until then the next flush has the same and more. */
  *prepare(): Generator<void, Flush> {
    const isRewriting = this.#isRewriting && this.#isLoaded
    const known = this.#written
    const firstRowId = this.#rows.nextId
    const collected: Collected = {
      isRewriting,
      part: this.#part,
      tail: new RowBuilder({ kind: 'tail', part: 0 }, this.#rows.number),
      blocks: new Map(),
      members: new Map(),
      progress: [],
    }
    for (const series of this.#memory.find([], NEVER, EVER)) {
      this.#collect(series, collected)
      yield
    }
    const { labels, named } = yield* this.#collectLabels(collected)
    const blocks = [...collected.blocks.values()].flatMap((builder) => builder.finish())
    const written = [...collected.tail.finish(), ...blocks, ...labels]
    const deleted = isRewriting ? this.#rows.idsOf(() => true) : this.#outdated(named)
    this.#rows.addExcess(deleted, written, this.#limitBytes)

    const confirm = () => {
      for (const { written, newestMs, isBlock } of collected.progress) {
        written.isBegun = true
        written.isNamed = true
        written.newestMs = newestMs
        if (isBlock) written.blockedMs = newestMs
      }
      for (const [part, names] of named) this.#named[part] = names
      for (const part of isRewriting ? this.#turns.keys() : this.#isLoaded ? [collected.part] : []) {
        this.#turns[part] = firstRowId
      }
      this.#rows.change(deleted, written)
      this.#part = (collected.part + 1) % PARTS
      if (isRewriting && known === this.#written) this.#isRewriting = false
    }
    return { change: { written, deleted: [...deleted] }, confirm }
  }

  #collect(series: StoredSeries, { blocks, isRewriting, members, part, progress, tail }: Collected): void {
    const written = this.#writtenOf(series)
    const { seriesId } = written
    const ownPart = seriesId % PARTS
    const isBlock = isRewriting || (this.#isLoaded && ownPart === part)
    if (isBlock) getOrAdd(members, ownPart, () => []).push(series)
    const afterMs = isBlock ? written.blockedMs : written.newestMs
    if (series.newestMs <= afterMs) return
    const builder = isBlock
      ? getOrAdd(blocks, ownPart, () => new RowBuilder({ kind: 'block', part: ownPart }, this.#rows.number))
      : tail
    let labels = isBlock || written.isNamed ? undefined : series.labels
    let isFirst = !written.isBegun
    const newestMs = toChunks(series, afterMs, (chunk) => {
      builder.add({ seriesId, labels, isFirst, chunk })
      labels = undefined
      isFirst = false
    })
    if (newestMs !== undefined) progress.push({ written, newestMs, isBlock })
  }

  /** Rows with the labels of the parts whose series are others than at their last turn. */
  *#collectLabels({ isRewriting, members }: Collected) {
    const named = new Map<number, string>()
    const labels: Row[] = []
    for (const [part, all] of members) {
      const names = all.map((series) => this.#writtenOf(series).seriesId).join()
      if (names === this.#named[part] && !isRewriting) continue
      const builder = new RowBuilder({ kind: 'labels', part }, this.#rows.number)
      for (const series of all) {
        const { seriesId } = this.#writtenOf(series)
        builder.add({ seriesId, labels: series.labels, isFirst: false, chunk: undefined })
        yield
      }
      labels.push(...builder.finish())
      named.set(part, names)
    }
    return { labels, named }
  }

  /** The tails of an earlier round, blocks older than the retention, and labels that are written anew. */
  #outdated(named: ReadonlyMap<number, string>): Set<number> {
    const oldestTurn = Math.min(...this.#turns)
    const horizonMs = this.#memory.horizonMs()
    return this.#rows.idsOf(({ id, kind, newestMs, part }) => {
      if (kind === 'tail') return id < oldestTurn
      return kind === 'block' ? newestMs < horizonMs : named.has(part)
    })
  }

  #writtenOf(series: StoredSeries): Written {
    const known = this.#written.get(series)
    if (known !== undefined) return known
    const inFile = this.#known.size > 0 ? this.#known.get(labelsKey(series.labels)) : undefined
    const written = inFile ?? { ...NOT_WRITTEN, seriesId: this.#rows.nextSeriesId() }
    this.#written.set(series, written)
    return written
  }
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const existing = map.get(key)
  if (existing !== undefined) return existing
  const created = create()
  map.set(key, created)
  return created
}
