// Times as Grafana writes them in a URL: 1764347123456, 2026-11-28T14:02:03Z, now, now-15m, now-1d/d. A day begins in UTC,
// as it does without an offset, so that a link means the same to everybody.

const FIXED_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 }

type TimeUnit = keyof typeof FIXED_MS | 'M' | 'y'

const RELATIVE = /^now((?:(?:[+-]\d{0,6}|\/)[smhdwMy])*)$/
/** ISO 8601, its signs and its time optional. In a query a bare `+` is a blank. */
const ISO =
  /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,3})\d*)?)?(?:Z|([+ -])(\d\d):?(\d\d))?)?$/

/**
 * Milliseconds since the epoch; undefined where `text` is no time. `now-1d/d` is the whole of that day: its beginning, or
 * its end where the text `isEnd` of a window.
 */
export function readTime(text: string, nowMs: number, isEnd = false): number | undefined {
  const relative = RELATIVE.exec(text)
  if (relative !== null) return readRelative(relative[1] ?? '', nowMs, isEnd)
  const iso = ISO.exec(text)
  if (iso !== null) return readIso(iso)
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

/** The milliseconds of `now-15m`, the beginning of a window that ends now; undefined for every other text. */
export function readLiveRange(text: string): number | undefined {
  const [, count = '', unit] = /^now-(\d{0,6})([smhdw])$/.exec(text) ?? []
  return isFixed(unit) ? toCount(count) * FIXED_MS[unit] : undefined
}

function readRelative(steps: string, nowMs: number, isEnd: boolean): number {
  let ms = nowMs
  for (const [, sign = '', count = '', unit] of steps.matchAll(/([+-]|\/)(\d*)([smhdwMy])/g)) {
    if (!isUnit(unit)) continue
    if (sign !== '/') ms = shift(ms, unit, toCount(count) * (sign === '-' ? -1 : 1))
    else ms = isEnd ? shift(beginningOf(ms, unit), unit, 1) - 1 : beginningOf(ms, unit)
  }
  return ms
}

function readIso(parts: readonly (string | undefined)[]): number {
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '0', sign, hours, minutes] = parts
  const offset = sign === undefined ? 'Z' : `${sign === '-' ? '-' : '+'}${hours}:${minutes}`
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0')}${offset}`)
}

function shift(ms: number, unit: TimeUnit, count: number): number {
  if (isFixed(unit)) return ms + count * FIXED_MS[unit]
  const date = new Date(ms)
  return date.setUTCMonth(date.getUTCMonth() + count * (unit === 'y' ? 12 : 1))
}

/** A week begins on Monday. */
function beginningOf(ms: number, unit: TimeUnit): number {
  const date = new Date(ms)
  if (unit === 'y') return Date.UTC(date.getUTCFullYear(), 0)
  if (unit === 'M') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
  if (unit === 'w') return beginningOf(ms, 'd') - ((date.getUTCDay() + 6) % 7) * FIXED_MS.d
  return Math.floor(ms / FIXED_MS[unit]) * FIXED_MS[unit]
}

/** As Grafana has it, `now-h` is `now-1h`. */
const toCount = (digits: string) => (digits === '' ? 1 : Number(digits))
const isFixed = (unit: string | undefined): unit is keyof typeof FIXED_MS => unit !== undefined && unit in FIXED_MS
const isUnit = (unit: string | undefined): unit is TimeUnit => isFixed(unit) || unit === 'M' || unit === 'y'
