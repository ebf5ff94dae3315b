// Numbers, durations and strings as PromQL writes them.
import { parseDuration } from '../duration'

/** Go's Duration.Seconds(): whole seconds and the rest are converted apart, which decides the last bit. */
export function secondsOfNs(ns: number): number {
  const whole = Math.trunc(ns / 1e9)
  return whole + (ns - whole * 1e9) / 1e9
}

/**
 * Reads a number literal: decimal, hexadecimal, octal (Go's leading zero), Inf, NaN, underscores between digits, or a
 * duration, which counts its seconds. undefined when `text` is none of these.
 */
export function parseNumber(text: string): number | undefined {
  const lower = text.toLowerCase()
  if (lower === 'inf' || lower === '+inf') return Number.POSITIVE_INFINITY
  if (lower === '-inf') return Number.NEGATIVE_INFINITY
  if (lower === 'nan') return Number.NaN
  const digits = lower.replaceAll('_', '')
  if (!digits.startsWith('0x') && /[a-z]$/.test(digits)) return durationSeconds(text)
  if (/^0[0-7]+$/.test(digits)) return Number.parseInt(digits, 8)
  const value = Number(digits)
  return Number.isNaN(value) ? undefined : value
}

function durationSeconds(text: string): number | undefined {
  try {
    return secondsOfNs(parseDuration(text) * 1e6)
  } catch {
    return undefined
  }
}

const simpleEscapes: Record<string, number> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  '\\': 92,
  "'": 39,
  '"': 34,
}
const escapeForm = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([abfnrtv\\'"]))|[^\\]+/gy

/**
 * Reads a string literal with its quotes, by Go's rules: backticks take everything as it stands, the other two know
 * escapes, of which `\x` and octal name bytes of UTF-8. undefined when `text` is not a complete literal.
 */
export function parseString(text: string): string | undefined {
  const quote = text[0]
  if (text.length < 2 || quote === undefined || !text.endsWith(quote)) return undefined
  const body = text.slice(1, -1)
  if (quote === '`') return body.includes('`') ? undefined : body
  if (!body.includes('\\')) return body.includes('\n') || body.includes(quote) ? undefined : body
  return decodeEscapes(body, quote)
}

function decodeEscapes(body: string, quote: string): string | undefined {
  const bytes: number[] = []
  const encoder = new TextEncoder()
  let end = 0
  for (const match of body.matchAll(escapeForm)) {
    const [whole, hex, short, long, octal, simple] = match
    end = match.index + whole.length
    if (hex !== undefined) bytes.push(Number.parseInt(hex, 16))
    else if (octal !== undefined) {
      const byte = Number.parseInt(octal, 8)
      if (byte > 255) return undefined
      bytes.push(byte)
    } else if (short !== undefined || long !== undefined) {
      const codePoint = Number.parseInt(short ?? long ?? '', 16)
      if (codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint < 0xe000)) return undefined
      bytes.push(...encoder.encode(String.fromCodePoint(codePoint)))
    } else if (simple !== undefined) {
      if ((simple === "'" || simple === '"') && simple !== quote) return undefined
      bytes.push(simpleEscapes[simple] ?? 0)
    } else bytes.push(...encoder.encode(whole))
  }
  return end === body.length ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes)) : undefined
}
