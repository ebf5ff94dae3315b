// How old samples are: by the time in which samples could come. Time that was skipped makes nothing old, or the hour
// before a laptop slept, or before somebody set the clock, would be gone at once.

/** Past it, the gap that was skipped first makes samples old again. */
const MAX_GAPS = 100

/** From the last instant before to the first one after. */
type Gap = { fromMs: number; toMs: number }

export class RetentionClock {
  readonly #retentionMs: number
  /** The newest timestamp that ever came. */
  newestMs = Number.NEGATIVE_INFINITY
  /** Ascending, without overlaps. */
  #gaps: Gap[] = []

  constructor(retentionMs: number) {
    this.#retentionMs = retentionMs
  }

  /** Samples that are older are gone. */
  get horizonMs(): number {
    return this.horizonAt(this.newestMs)
  }

  /** What the horizon would be once a sample of that time has come. */
  horizonAt(timestampMs: number): number {
    const newestMs = Math.max(this.newestMs, timestampMs)
    let horizonMs = newestMs - this.#retentionMs
    for (const { fromMs, toMs } of this.#gaps.toReversed()) {
      if (horizonMs >= toMs) break
      // Nothing has come since the last gap yet, perhaps.
      if (fromMs < newestMs) horizonMs -= toMs - fromMs
    }
    return horizonMs
  }

  /** Nothing could come between these instants. */
  skip(fromMs: number, toMs: number): void {
    if (fromMs < (this.#gaps.at(-1)?.toMs ?? fromMs)) return
    this.#gaps = this.#gaps.filter((gap) => gap.toMs > this.horizonMs).slice(1 - MAX_GAPS)
    this.#gaps.push({ fromMs, toMs })
  }

  /** The clock was set back to that time: what is later has never been. */
  setBack(newestMs: number): void {
    this.newestMs = Math.min(this.newestMs, newestMs)
    this.#gaps = this.#gaps.filter((gap) => gap.toMs <= newestMs)
  }
}
