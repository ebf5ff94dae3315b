// How many samples a text has, counted while it comes in and before anything is made of it.

const NEWLINE = 0x0a
const HASH = 0x23

/** Counts the lines that are neither empty nor begin with #. */
export class SampleLineCounter {
  #count = 0
  #isAtLineStart = true

  /** Takes up the next bytes, and returns the count so far. */
  add(chunk: Uint8Array): number {
    if (this.#isAtLineStart) this.#beginLine(chunk[0])
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, at + 1)) this.#beginLine(chunk[at + 1])
    if (chunk.length > 0) this.#isAtLineStart = chunk.at(-1) === NEWLINE
    return this.#count
  }

  #beginLine(first: number | undefined): void {
    if (first !== undefined && first !== NEWLINE && first !== HASH) this.#count++
  }
}
