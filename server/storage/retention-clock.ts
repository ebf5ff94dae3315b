// The age of samples, which counts only time in which samples could come. Otherwise, after a laptop slept or somebody set the
// clock, the hour before would be dropped at once.

/** Past it, the gap that was skipped first makes samples old again. */
const MAX_GAPS = 100

/** From the last instant before to the first one after. */
type Gap = { fromMs: number; toMs: number }

export class RetentionClock {
  readonly #retentionMs: number
  /** Ascending, without overlaps. */
  #gaps: Gap[] = []
  #newestMs = Number.NEGATIVE_INFINITY
  #horizonMs = Number.NEGATIVE_INFINITY
  #leastHorizonMs = Number.NEGATIVE_INFINITY

  constructor(retentionMs: number) {
    this.#retentionMs = retentionMs
  }

  /** The newest timestamp that came. */
  get newestMs(): number {
    return this.#newestMs
  }

  /** Samples that are older are gone. */
  get horizonMs(): number {
    return this.#horizonMs
  }

  /** A sample of that time came. */
  advanceTo(timestampMs: number): void {
    if (timestampMs > this.#newestMs) this.#setNewest(timestampMs)
  }

  /** What the horizon would be once a sample of that time had come. */
  horizonAt(timestampMs: number): number {
    return timestampMs > this.#newestMs ? this.#horizonFor(timestampMs) : this.#horizonMs
  }

  /** Samples that are older than that are gone, though the retention isn't over. */
  shorten(horizonMs: number): void {
    this.#leastHorizonMs = Math.max(this.#leastHorizonMs, horizonMs)
    this.#setNewest(this.#newestMs)
  }

  /** Nothing could come between these instants. */
  skip(fromMs: number, toMs: number): void {
    if (fromMs < (this.#gaps.at(-1)?.toMs ?? fromMs)) return
    this.#gaps = this.#gaps.filter((gap) => gap.toMs > this.#horizonMs).slice(1 - MAX_GAPS)
    this.#gaps.push({ fromMs, toMs })
  }

  /** The clock was set back to that time: what is later has never been. */
  setBack(newestMs: number): void {
    this.#gaps = this.#gaps.filter((gap) => gap.toMs <= newestMs)
    if (newestMs < this.#leastHorizonMs) this.#leastHorizonMs = Number.NEGATIVE_INFINITY
    this.#setNewest(Math.min(this.#newestMs, newestMs))
  }

  #setNewest(newestMs: number): void {
    this.#newestMs = newestMs
    this.#horizonMs = this.#horizonFor(newestMs)
  }

  #horizonFor(newestMs: number): number {
    let horizonMs = newestMs - this.#retentionMs
    for (const { fromMs, toMs } of this.#gaps.toReversed()) {
      if (horizonMs >= toMs) break
      // Nothing has come since the last gap yet, perhaps.
      if (fromMs < newestMs) horizonMs -= toMs - fromMs
    }
    return Math.max(horizonMs, this.#leastHorizonMs)
  }
}
