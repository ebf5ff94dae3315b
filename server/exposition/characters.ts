// The characters that scanners look for, as UTF-16 code units, and the classes of names.

const TAB = 0x09
export const LINE_FEED = 0x0a
export const SPACE = 0x20
export const QUOTE = 0x22
export const HASH = 0x23
export const COMMA = 0x2c
export const EQUALS = 0x3d
export const BACKSLASH = 0x5c
export const BRACE_OPEN = 0x7b
export const BRACE_CLOSE = 0x7d

export function isBlank(code: number): boolean {
  return code === SPACE || code === TAB
}

/** Without the blanks around it; a regular expression would take a time that is quadratic in their number. */
export function trimBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isBlank(text.charCodeAt(start))) start++
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}

/** ASCII letters and the underscore: what a label's name may begin with. */
export function isLabelNameStart(code: number): boolean {
  const lowerCase = code | 0x20
  return (lowerCase >= 0x61 && lowerCase <= 0x7a && code < 0x80) || code === 0x5f
}

export function isLabelNamePart(code: number): boolean {
  return isLabelNameStart(code) || isDigit(code)
}

/** A metric's name may have colons, too. */
export function isMetricNameStart(code: number): boolean {
  return isLabelNameStart(code) || code === 0x3a
}

export function isMetricNamePart(code: number): boolean {
  return isMetricNameStart(code) || isDigit(code)
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

/** Text as an error message shows it: quoted, with what can't be seen escaped, and cut where it is long. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
}
