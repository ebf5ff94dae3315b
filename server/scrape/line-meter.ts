// Counts and measures the lines of a text while it arrives, before it is parsed.
import { HASH, LINE_FEED } from '../exposition/characters'

/** Counts the samples, which are the lines that are neither empty nor begin with #, and measures the longest line. */
export class LineMeter {
  samples = 0
  /** In bytes, without its end; of the last line as far as it has come. */
  longest = 0
  #isAtLineStart = true
  /** Of the line that the last bytes left open. */
  #begun = 0

  /** Takes up the next bytes. */
  add(chunk: Uint8Array): void {
    if (chunk.length === 0) return
    if (this.#isAtLineStart) this.#beginLine(chunk[0])
    let start = -this.#begun
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, start)) {
      if (at - start > this.longest) this.longest = at - start
      start = at + 1
      this.#beginLine(chunk[start])
    }
    this.#begun = chunk.length - start
    if (this.#begun > this.longest) this.longest = this.#begun
    this.#isAtLineStart = this.#begun === 0
  }

  #beginLine(first: number | undefined): void {
    if (first !== undefined && first !== LINE_FEED && first !== HASH) this.samples++
  }
}
