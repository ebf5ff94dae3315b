// An event as it goes to every viewer of a question: one piece of memory, however many read it, and a bound on all of them.

/** What takes a viewer from one position to the next. */
export type LiveMessage = {
  /**
   * For viewers who have seen the instants up to one in [fromMs, untilMs], or nothing where that is null, and who know
   * all names below `fromKnown`.
   */
  fromMs: number | null
  untilMs: number
  fromKnown: number
  /** Where they are then. */
  atMs: number
  known: number
  /** As it is sent: the lines of a server-sent event. */
  bytes: Uint8Array<ArrayBuffer>
}

const HEAD = Buffer.from('data: ')

/** `json` is the event in pieces; `id` is what a viewer hands back to go on after it. The lines are those that tRPC writes. */
export function toServerSentEvent(json: readonly Uint8Array[], id: string): Uint8Array<ArrayBuffer> {
  return Buffer.concat([HEAD, ...json, Buffer.from(`\nid: ${id}\n\n\n`)])
}

/** The event as JSON, and its id. */
export function readMessage({ bytes }: LiveMessage): { id: string; json: string } {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const end = text.lastIndexOf('\nid: ')
  return { json: text.toString('utf8', HEAD.length, end), id: text.toString('utf8', end + '\nid: '.length).trim() }
}

/** Who keeps messages for viewers to come. */
export type Keeper = { forget(message: LiveMessage): void }

/** The messages that are kept or being read, of all questions together. */
export class LiveMessages {
  readonly #limitBytes: number
  #heldBytes = 0
  /** The oldest first. */
  readonly #kept = new Map<LiveMessage, Keeper>()
  readonly #readers = new Map<LiveMessage, number>()

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes
  }

  get heldBytes(): number {
    return this.#heldBytes
  }

  /** Makes room by forgetting what nobody reads. The answer is a sentence that says why there is none, if there is none. */
  refusalOf(bytes: number): string | undefined {
    for (const [message, keeper] of this.#kept) {
      if (this.#heldBytes + bytes <= this.#limitBytes) break
      if (this.#readers.has(message)) continue
      keeper.forget(message)
      this.drop(message)
    }
    if (this.#heldBytes + bytes <= this.#limitBytes) return undefined
    const limit = (this.#limitBytes / 1024 ** 2).toFixed(0)
    return `live events would hold more than ${limit}MB of memory together: ask for fewer series, or try again later`
  }

  keep(message: LiveMessage, keeper: Keeper): void {
    this.#kept.set(message, keeper)
    this.#heldBytes += message.bytes.length
  }

  /** It isn't kept any longer. Where it is still read, it counts until nobody reads it. */
  drop(message: LiveMessage): void {
    if (this.#kept.delete(message) && !this.#readers.has(message)) this.#heldBytes -= message.bytes.length
  }

  read(message: LiveMessage): void {
    const readers = this.#readers.get(message) ?? 0
    if (readers === 0 && !this.#kept.has(message)) this.#heldBytes += message.bytes.length
    this.#readers.set(message, readers + 1)
  }

  /** To be called once for each `read`. */
  letGo(message: LiveMessage): void {
    const readers = (this.#readers.get(message) ?? 0) - 1
    if (readers > 0) {
      this.#readers.set(message, readers)
      return
    }
    this.#readers.delete(message)
    if (!this.#kept.has(message)) this.#heldBytes -= message.bytes.length
  }
}
