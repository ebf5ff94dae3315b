// Numbers, durations and strings as PromQL writes them, and what they are worth.
import { isUtf8 } from 'node:buffer'
import { quoteText } from '../go-quote'
import type { TokenReader } from './token-reader'

const units: Readonly<Record<string, { place: number; ms: number }>> = {
  ms: { place: 7, ms: 1 },
  s: { place: 6, ms: 1000 },
  m: { place: 5, ms: 60_000 },
  h: { place: 4, ms: 3_600_000 },
  d: { place: 3, ms: 86_400_000 },
  w: { place: 2, ms: 604_800_000 },
  y: { place: 1, ms: 31_536_000_000 },
}
/** Go counts durations in nanoseconds, in 63 bits. */
const maxDurationMs = 2 ** 63 / 1e6

/** Go's Duration.Seconds(): whole seconds and the rest are converted apart, which decides the last bit. */
export function secondsOfNs(ns: number): number {
  const whole = Math.trunc(ns / 1e9)
  return whole + (ns - whole * 1e9) / 1e9
}

/** The value of the number or duration that comes next; a duration counts its seconds. */
export function parseNumberToken(tokens: TokenReader): number {
  const token = tokens.next()
  const value = token.kind === 'duration' ? parseDuration(token.text) : parseNumber(token.text)
  if (typeof value === 'number') return value
  throw tokens.refuse(token, value)
}

/** Gives Prometheus's message where `text` is no duration. */
function parseDuration(text: string): number | string {
  let totalMs = 0
  let lastPlace = 0
  for (const [, digits = '', name = ''] of text.matchAll(/(\d*)(\D*)/g)) {
    if (digits === '' && name === '') break
    const unit = units[name]
    if (digits === '' || name === '' || BigInt(digits) >= 2n ** 64n)
      return `not a valid duration string: ${quoteText(text)}`
    if (!unit) return `unknown unit ${quoteText(name)} in duration ${quoteText(text)}`
    if (unit.place <= lastPlace) return `not a valid duration string: ${quoteText(text)}`
    lastPlace = unit.place
    totalMs += Number(digits) * unit.ms
    if (totalMs >= maxDurationMs) return 'duration out of range'
  }
  return secondsOfNs(totalMs * 1e6)
}

/** Decimal, hexadecimal, octal (Go's leading zero), Inf, NaN. Gives Prometheus's message where `text` is no number. */
function parseNumber(text: string): number | string {
  const lower = text.toLowerCase()
  if (lower === 'inf') return Number.POSITIVE_INFINITY
  if (lower === 'nan') return Number.NaN
  const digits = lower.replaceAll('_', '')
  const isOctal = /^0[0-7]+$/.test(digits)
  const value = isOctal ? Number.parseInt(digits, 8) : Number(digits)
  const refusal = `error parsing number: strconv.ParseFloat: parsing ${quoteText(text)}`
  if (Number.isNaN(value) || digits === '0x' || /__|_$/.test(lower)) return `${refusal}: invalid syntax`
  return value === Number.POSITIVE_INFINITY ? `${refusal}: value out of range` : value
}

const simpleEscapes: Record<string, number> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 }
const escapeForm = /\\(?:x(..)|u(.{4})|U(.{8})|([0-7]{3})|(.))|[^\\]+/gsu

/**
 * What a string that the lexer has let pass says. Backticks take everything as it stands; the other two know escapes, of
 * which `\x` and octal name bytes of UTF-8. What is no UTF-8 becomes replacement characters.
 */
export function unquote(literal: string): string {
  const bytes = bytesOf(literal)
  return bytes === undefined ? literal.slice(1, -1) : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

/** Whether the escapes of a string make bytes that are no UTF-8. */
export function isMalformed(literal: string): boolean {
  const bytes = bytesOf(literal)
  return bytes !== undefined && !isUtf8(bytes)
}

/** What the string says in Go's %q, bytes that are no UTF-8 included. */
export function quoteLiteral(literal: string): string {
  const bytes = bytesOf(literal)
  if (bytes === undefined || isUtf8(bytes)) return quoteText(unquote(literal))
  let text = ''
  for (let i = 0; i < bytes.length; ) {
    const length = [1, 2, 3, 4].find((count) => i + count <= bytes.length && isUtf8(bytes.subarray(i, i + count)))
    if (length === undefined) text += `\\x${bytes[i]?.toString(16).padStart(2, '0')}`
    else text += quoteText(Buffer.from(bytes.subarray(i, i + length)).toString()).slice(1, -1)
    i += length ?? 1
  }
  return `"${text}"`
}

/** The bytes that the escapes of a string make; undefined where there are none. */
function bytesOf(literal: string): Uint8Array | undefined {
  const body = literal.slice(1, -1)
  if (literal.startsWith('`') || !body.includes('\\')) return undefined
  const encoder = new TextEncoder()
  const bytes: number[] = []
  for (const [whole, hex, short, long, octal, simple] of body.matchAll(escapeForm)) {
    const codePoint = short ?? long
    if (hex !== undefined) bytes.push(Number.parseInt(hex, 16))
    else if (octal !== undefined) bytes.push(Number.parseInt(octal, 8))
    else if (codePoint !== undefined)
      bytes.push(...encoder.encode(String.fromCodePoint(Number.parseInt(codePoint, 16))))
    else if (simple !== undefined) bytes.push(simpleEscapes[simple] ?? simple.charCodeAt(0))
    else bytes.push(...encoder.encode(whole))
  }
  return Uint8Array.from(bytes)
}
