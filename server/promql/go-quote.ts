// Go's %q: how Prometheus's messages quote texts and characters.

/** In double quotes, with what can't be printed escaped. */
export function quoteText(text: string): string {
  return `"${escaped(text, '"')}"`
}

/** One character in single quotes. */
export function quoteCharacter(character: string): string {
  return `'${escaped(character, "'")}'`
}

const named: Record<string, string> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
}

function escaped(text: string, quote: string): string {
  return text.replace(/[\p{C}\p{Z}\\"']/gu, (character) => {
    if (character === ' ') return character
    if (character === '"' || character === "'") return character === quote ? `\\${character}` : character
    return named[character] ?? hexadecimal(character.codePointAt(0) ?? 0)
  })
}

function hexadecimal(codePoint: number): string {
  const digits = codePoint.toString(16)
  if (codePoint < 0x80) return `\\x${digits.padStart(2, '0')}`
  return codePoint < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`
}
