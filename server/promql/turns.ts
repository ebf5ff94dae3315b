// Queries take turns on the event loop: whatever their number, one turn of it is not longer than one slice.
import { setImmediate } from 'node:timers'
import { perProcess } from '../per-process'

const SLICE_MS = 4

/** Of all queries of the process, however many modules evaluate them. */
export function queryTurns(): Turns {
  return perProcess('query-turns', () => new Turns())
}

export class Turns {
  #isOpen = false
  #endMs = 0
  readonly #waiting: (() => void)[] = []

  /** Whether the work of all queries together has lasted long enough in this turn of the event loop. */
  isOver(): boolean {
    if (this.#isOpen) return performance.now() > this.#endMs
    this.#open()
    return false
  }

  /** Resolves when everything else that was due had its turn, and so had the queries that waited before. */
  next(): Promise<void> {
    if (!this.#isOpen) this.#open()
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /**
   * Does work that yields after every small step, in as many turns as that takes. Rejects with the signal's reason where
   * it is aborted between two of them.
   */
  async finish<T>(work: Iterator<unknown, T>, signal?: AbortSignal): Promise<T> {
    for (;;) {
      const step = work.next()
      if (step.done) return step.value
      if (!this.isOver()) continue
      await this.next()
      signal?.throwIfAborted()
    }
  }

  #open(): void {
    this.#isOpen = true
    this.#endMs = performance.now() + SLICE_MS
    setImmediate(() => {
      this.#isOpen = false
      const resume = this.#waiting.shift()
      if (!resume) return
      this.#open()
      resume()
    })
  }
}
