// What one query may cost: samples, time on the event loop, and the caller's patience.
import { PromqlError } from './promql-error'
import { queryTurns } from './turns'

/** Kept by one query; every loop over series asks it to pause. */
export class Budget {
  /** How many samples were counted so far. */
  samples = 0
  private readonly turns = queryTurns()

  constructor(
    private readonly maxSamples: number,
    private readonly signal: AbortSignal | undefined,
    private readonly onSamples: ((count: number) => void) | undefined,
  ) {}

  /** Counts samples that were read or made. Throws PromqlError when they are too many. */
  spend(samples: number): void {
    this.samples += samples
    this.onSamples?.(this.samples)
    if (this.samples > this.maxSamples) {
      const message = 'query processing would load too many samples into memory in query execution'
      throw new PromqlError(message, 0, 0)
    }
  }

  /** True when the event loop has waited long enough, or nobody waits any more: then `await pause()`. */
  get isDue(): boolean {
    return this.signal?.aborted === true || this.turns.isOver()
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
    await this.turns.next()
    if (this.signal?.aborted) throw abandoned(this.signal)
  }
}

/** What a question ends with when its signal aborts. */
export function abandoned({ reason }: AbortSignal): PromqlError {
  if (reason instanceof DOMException && reason.name === 'TimeoutError') {
    return new PromqlError('query timed out in query execution', 0, 0, 'timeout')
  }
  return new PromqlError('query was canceled in query execution', 0, 0, 'canceled')
}
