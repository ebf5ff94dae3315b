// What one query may cost: samples, memory, time on the event loop, and its timeout.
import { isTimeout } from '../deadline'
import type { MemoryShare } from '../memory-pool'
import { PromqlError } from './promql-error'
import { queryTurns } from './turns'

export type BudgetLimits = {
  maxSamples: number
  /** Where its memory comes from; unlimited where there is none. */
  memory?: MemoryShare | undefined
  signal?: AbortSignal | undefined
  onSamples?: ((count: number) => void) | undefined
}

/** Kept by one query; every loop over series asks it to pause. */
export class Budget {
  /** How many samples were counted so far. */
  samples = 0
  /** The bytes of the columns that are held at the moment. */
  #columnBytes = 0
  readonly #turns = queryTurns()

  constructor(private readonly limits: BudgetLimits) {}

  /** Counts samples that were read or made. Throws PromqlError when they are too many. */
  spend(samples: number): void {
    this.samples += samples
    this.limits.onSamples?.(this.samples)
    if (this.samples > this.limits.maxSamples) {
      const message = 'query processing would load too many samples into memory in query execution'
      throw new PromqlError(message, 0, 0)
    }
  }

  /** Counts bytes that are held to the end of the query, as those of new labels are. Throws PromqlError past the limit. */
  hold(bytes: number): void {
    const refusal = this.limits.memory?.take(bytes)
    if (refusal !== undefined) throw new PromqlError(refusal, 0, 0)
  }

  /** Counts bytes of columns. Throws PromqlError past the limit. */
  holdColumns(bytes: number): void {
    this.hold(bytes)
    this.#columnBytes += bytes
  }

  /**
   * Runs a part of the evaluation. Of the columns that were made on the way, only those of the result are held
   * afterwards: `bytesOf` tells how much that is.
   */
  async within<T>(part: () => Promise<T>, bytesOf: (result: T) => number): Promise<T> {
    const before = this.#columnBytes
    const result = await part()
    const change = before + bytesOf(result) - this.#columnBytes
    if (change > 0) this.holdColumns(change)
    else {
      this.limits.memory?.give(-change)
      this.#columnBytes += change
    }
    return result
  }

  /** True when the event loop has waited long enough, or nobody waits any more: then `await pause()`. */
  get isDue(): boolean {
    return this.limits.signal?.aborted === true || this.#turns.isOver()
  }

  /** Does work that yields after every small step, and pauses in between when that is due. Throws as `pause` does. */
  async finish<T>(work: Iterator<unknown, T>): Promise<T> {
    for (;;) {
      const step = work.next()
      if (step.done) return step.value
      if (this.isDue) await this.pause()
    }
  }

  /** Lets other work of this process run. Throws PromqlError when the query was abandoned. */
  async pause(): Promise<void> {
    await this.#turns.next()
    if (this.limits.signal?.aborted) throw abandoned(this.limits.signal)
  }
}

/** What a question ends with when its signal aborts. */
export function abandoned({ reason }: AbortSignal): PromqlError {
  if (isTimeout(reason)) {
    return new PromqlError('query timed out in query execution', 0, 0, 'timeout')
  }
  return new PromqlError('query was canceled in query execution', 0, 0, 'canceled')
}
