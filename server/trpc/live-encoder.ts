// Turns the answers of one moment into the bytes of a LiveEvent, and numbers the series of a question.
import type { Labels } from '../exposition/snapshot'
import type { MemoryShare } from '../memory-pool'
import type { LiveResult } from './live-answer'
import type { LiveColumn } from './live-columns'
import { columnsOf } from './live-columns'
import type { LiveEvent } from './live-event'
import { toWire } from './wire-value'

/** What one event may hold: it is kept for viewers to come, and may wait in the sockets of many. */
export const MAX_EVENT_BYTES = 8 * 1024 ** 2

/** Names of series that are gone may be as many as those that were left at the last look, and these more. */
const SPARE_NAMES = 1_000

const CHUNK_LENGTH = 64 * 1024

type Named = LiveEvent['named'][number] & { seenMs: number }

/** Numbers ascend and are never used again, so that who was told all names below a number knows them for good. */
export class SeriesNumbers {
  readonly #named = new Map<string, Named>()
  #next = 0
  #mostNames = SPARE_NAMES
  /** Queries whose history was refused: what came after it would look like all there is. */
  readonly refused = new Map<number, string>()

  /** Every number that was given so far is below it. */
  get next(): number {
    return this.#next
  }

  /** Whether there are so many names that those of series that are gone have to be forgotten. */
  get isFull(): boolean {
    return this.#named.size > this.#mostNames
  }

  numberOf(query: number, { key, labels }: { key: string; labels: Labels }, atMs: number): number {
    const name = `${query} ${key}`
    const named = this.#named.get(name) ?? { id: this.#next++, query, labels, seenMs: atMs }
    named.seenMs = Math.max(named.seenMs, atMs)
    this.#named.set(name, named)
    return named.id
  }

  /** Forgets series that were seen last before `beforeMs`: one that comes back has another number then. */
  forget(beforeMs: number): void {
    for (const [name, { seenMs }] of this.#named) if (seenMs < beforeMs) this.#named.delete(name)
    this.#mostNames = 2 * this.#named.size + SPARE_NAMES
  }

  /** Those with a number of at least `least`; undefined after a small step without one. */
  *namesFrom(least: number): Generator<LiveEvent['named'][number] | undefined, void> {
    for (const { id, query, labels } of this.#named.values()) yield id < least ? undefined : { id, query, labels }
  }
}

export type EventKind = {
  isReset: boolean
  /** All series with a number of at least that are named, whether the event tells of them or not. */
  fromKnown: number
}

/** An event that grows by one query's answer after the other. Its generators yield after every small step. */
export class EventWriter {
  readonly #numbers: SeriesNumbers
  readonly #timesMs: readonly number[]
  readonly #kind: EventKind
  readonly #memory: MemoryShare
  readonly #values: Utf8Text
  readonly #errors: LiveEvent['errors'] = []
  #namesLength = 0

  /** `timesMs` are the instants that it tells of. It holds `memory` until whoever opened that ends it. */
  constructor(numbers: SeriesNumbers, timesMs: readonly number[], kind: EventKind, memory: MemoryShare) {
    this.#numbers = numbers
    this.#timesMs = timesMs
    this.#kind = kind
    this.#memory = memory
    this.#values = new Utf8Text()
    if (kind.isReset) numbers.refused.clear()
  }

  /** The answer of a query with which the event would be too large is refused, in words. */
  *add(query: number, result: LiveResult): Generator<undefined, void> {
    const error = this.#numbers.refused.get(query)
    if ('error' in result) return this.refuse(query, result.error, result.isSource)
    if (error !== undefined) return this.refuse(query, error)
    const own = new Utf8Text()
    let ownNamesLength = 0
    let held = 0
    for (const column of columnsOf(result, this.#timesMs)) {
      yield
      if (column === undefined) continue
      const id = this.#numbers.numberOf(query, column, this.#timesMs.at(-1) ?? 0)
      if (id >= this.#kind.fromKnown) ownNamesLength += column.key.length
      const text = valuesText(id, column)
      own.add(own.length === 0 ? text : `,${text}`)
      const refusal = this.#refusalOf(own.length + ownNamesLength, text.length)
      if (refusal === undefined) {
        held += text.length
        continue
      }
      this.#memory.give(held)
      if (this.#kind.isReset) this.#numbers.refused.set(query, refusal)
      return this.refuse(query, refusal)
    }
    if (own.length === 0) return
    if (this.#values.length > 0) this.#values.add(',')
    this.#values.append(own)
    this.#namesLength += ownNamesLength
  }

  refuse(query: number, message: string, isSource = false): void {
    this.#errors.push({ query, message, ...(isSource && { isSource }) })
  }

  /** The event as JSON in UTF-8, in pieces, and the number below which a viewer knows all names then. */
  *end(): Generator<undefined, { json: Uint8Array[]; known: number }> {
    const known = this.#numbers.next
    const event = new Utf8Text()
    event.add(`{"isReset":${this.#kind.isReset},"timesMs":${JSON.stringify(this.#timesMs)},"values":[`)
    event.append(this.#values)
    event.add('],"named":[')
    let separator = ''
    for (const named of this.#numbers.namesFrom(this.#kind.fromKnown)) {
      yield
      if (named === undefined) continue
      event.add(separator + JSON.stringify(named))
      separator = ','
    }
    event.add(`],"errors":${JSON.stringify(this.#errors)}}`)
    return { json: event.parts(), known }
  }

  #refusalOf(ownLength: number, added: number): string | undefined {
    if (this.#values.length + this.#namesLength + ownLength > MAX_EVENT_BYTES) {
      return `live event would hold more than ${MAX_EVENT_BYTES / 1024 ** 2}MB: ask for fewer series, or for fewer steps`
    }
    return this.#memory.take(added)
  }
}

function valuesText(id: number, { values }: LiveColumn): string {
  const points = values.map((value) => (value === null ? null : toWire(value)))
  return JSON.stringify({ id, points } satisfies LiveEvent['values'][number])
}

/** Text that is kept as bytes, so that neither of them is ever there as a whole. */
class Utf8Text {
  readonly #parts: Uint8Array[] = []
  #pending = ''
  /** In bytes, of which those of the newest text are estimated. */
  length = 0

  add(text: string): void {
    this.#pending += text
    this.length += text.length
    if (this.#pending.length >= CHUNK_LENGTH) this.#flush()
  }

  append(other: Utf8Text): void {
    this.#flush()
    for (const part of other.parts()) this.#parts.push(part)
    this.length += other.length
  }

  parts(): Uint8Array[] {
    this.#flush()
    return this.#parts
  }

  #flush(): void {
    if (this.#pending === '') return
    const part = Buffer.from(this.#pending)
    this.length += part.length - this.#pending.length
    this.#parts.push(part)
    this.#pending = ''
  }
}
