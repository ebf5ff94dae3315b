// Whether to go on writing a file that another program changes. If it happens once, the file is written again. If it happens
// again and again, the file is left alone for a while, so that the two don't overwrite each other for ever.

/** After so many changes, each soon after the one before it, the next one is one too many. */
const CHANGES_LIMIT = 3
/** So many flushes without a change make the earlier ones forgotten. */
const QUIET_FLUSHES = 23
/** For so many flushes it is left alone: ten minutes, where one is every 5 s. */
const REST_FLUSHES = 120

export class Contest {
  #changes = 0
  #quietFlushes = 0
  #restingFlushes = 0

  /** Whether too many changes came, and none is too long ago. */
  get isLost(): boolean {
    return this.#changes > CHANGES_LIMIT
  }

  /** A flush is due. Returns whether to leave the file alone this time. */
  begins(): boolean {
    if (this.#restingFlushes === 0) return false
    this.#restingFlushes--
    return true
  }

  /** The file was something else than this process had written. To be told once at a flush. */
  changes(): void {
    this.#quietFlushes = 0
    this.#changes++
    if (this.isLost) this.#restingFlushes = REST_FLUSHES
  }

  /** It was not, at this flush. */
  quiet(): void {
    this.#quietFlushes++
    if (this.#quietFlushes >= QUIET_FLUSHES) this.#changes = 0
  }
}
