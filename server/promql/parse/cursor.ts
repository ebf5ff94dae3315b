// A place in a text, and what stands there.

const FIRST_SURROGATE = 0xd800

export class Cursor {
  at = 0

  constructor(readonly text: string) {}

  /** The next character, '' at the end. */
  peek(): string {
    const unit = this.text.charCodeAt(this.at)
    if (unit < FIRST_SURROGATE) return this.text.charAt(this.at)
    const codePoint = this.text.codePointAt(this.at)
    return codePoint === undefined ? '' : String.fromCodePoint(codePoint)
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
