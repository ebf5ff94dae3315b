// The memory that queries may hold: one pool for all of them, and one query gets at most a part of it.
import { variableName } from './variable-name'

/** The part of the pool that one question may hold. */
const SHARE_OF_ONE = 1 / 2

/** Bytes are what somebody says that they take: estimates, to be made on the high side. */
export class MemoryPool {
  #heldBytes = 0
  readonly limitBytes: number
  readonly limitOfOneBytes: number

  constructor(limitBytes: number) {
    this.limitBytes = limitBytes
    this.limitOfOneBytes = Math.floor(limitBytes * SHARE_OF_ONE)
  }

  /** What all questions hold at the moment. */
  get heldBytes(): number {
    return this.#heldBytes
  }

  /** For one question, which has to give it back with `end`. */
  open(): MemoryShare {
    let ownBytes = 0
    const add = (bytes: number) => {
      ownBytes += bytes
      this.#heldBytes += bytes
    }
    return {
      get heldBytes() {
        return ownBytes
      },
      take: (bytes) => {
        const refusal = this.#refusalOf(bytes, ownBytes)
        if (refusal === undefined) add(bytes)
        return refusal
      },
      give: (bytes) => add(-Math.min(bytes, ownBytes)),
      end: () => add(-ownBytes),
    }
  }

  #refusalOf(bytes: number, ownBytes: number): string | undefined {
    if (ownBytes + bytes > this.limitOfOneBytes) {
      return `query would hold more than ${toMegabytes(this.limitOfOneBytes)} of memory, which is half of ${variableName('QUERY_MEMORY')}`
    }
    if (this.#heldBytes + bytes > this.limitBytes) {
      return `queries would hold more than ${toMegabytes(this.limitBytes)} of memory together, which is ${variableName('QUERY_MEMORY')}`
    }
    return undefined
  }
}

export type MemoryShare = {
  readonly heldBytes: number
  /** Holds so many bytes more. Where they can't be had, nothing is held, and the answer is a sentence that says why. */
  take(bytes: number): string | undefined
  give(bytes: number): void
  /** Gives all of it back. It may be called again. */
  end(): void
}

/** A part of a share that can be given back by itself. */
export function lend(share: MemoryShare): MemoryShare {
  let ownBytes = 0
  const give = (bytes: number) => {
    const given = Math.min(bytes, ownBytes)
    ownBytes -= given
    share.give(given)
  }
  return {
    get heldBytes() {
      return ownBytes
    },
    take: (bytes) => {
      const refusal = share.take(bytes)
      if (refusal === undefined) ownBytes += bytes
      return refusal
    },
    give,
    end: () => give(ownBytes),
  }
}

function toMegabytes(bytes: number): string {
  return `${Math.floor(bytes / 1024 ** 2)}MB`
}
