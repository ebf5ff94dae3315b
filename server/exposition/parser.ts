// What the parsers of both formats have in common.
import { ExpositionError } from './exposition-error'
import type { Reader } from './grammar'
import type { Family, Labels } from './snapshot'

export type ParserOptions = {
  reader: Reader
  /** Whether the text holds no halves of surrogate pairs, each of which is a byte that is not UTF-8. */
  isUtf8: boolean
  /** Called for each sample before it is taken up. What it throws ends the parsing. */
  check?(name: string, labels: Labels): void
}

export const BY_SPECIFICATION: ParserOptions = { reader: 'specification', isUtf8: true }

export type Parser = {
  /** How many were read; also those that didn't become part of a family. */
  readonly samples: number
  /** What was read; all of it once `parse` has ended. */
  readonly families: Family[]
  /** Works in small steps. Throws ExpositionError, or what `check` throws. */
  parse(): Generator<void, void>
}

/** Half of a surrogate pair, which nothing decoded from UTF-8 has. */
const LONE_SURROGATE = /\p{Surrogate}/u
const LONE_SURROGATES = /\p{Surrogate}/gu

/** Throws ExpositionError for the line of `text` that isn't Unicode, its first being `line`. */
export function requireUnicode(text: string, line = 1): void {
  const at = text.search(LONE_SURROGATE)
  if (at === -1) return
  throw new ExpositionError(line + text.slice(0, at).split('\n').length - 1, 'expected UTF-8, got something else')
}

/** The text with a sign in the place of each byte that is no UTF-8, where Prometheus has no objection to such bytes. */
export function toUnicode(text: string): string {
  return text.replace(LONE_SURROGATES, '\ufffd')
}
