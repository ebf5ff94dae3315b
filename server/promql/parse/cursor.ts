// A place in a text, and what stands there.
export class Cursor {
  at = 0

  constructor(readonly text: string) {}

  /** The next character, '' at the end. */
  peek(): string {
    return String.fromCodePoint(...codePointAt(this.text, this.at))
  }

  /** Takes the next character, '' at the end. */
  next(): string {
    const character = this.peek()
    this.at += character.length
    return character
  }

  /** Takes the next character if it is one of these. */
  accept(characters: string): boolean {
    const character = this.peek()
    const isOne = character !== '' && characters.includes(character)
    if (isOne) this.at += character.length
    return isOne
  }

  /** Takes all characters that are one of these. */
  acceptRun(characters: string): void {
    while (this.accept(characters));
  }

  /** Takes what the pattern, which must be sticky, finds here; '' where it finds nothing. */
  acceptPattern(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0] ?? ''
    this.at += found.length
    return found
  }
}

function codePointAt(text: string, at: number): number[] {
  const codePoint = text.codePointAt(at)
  return codePoint === undefined ? [] : [codePoint]
}
