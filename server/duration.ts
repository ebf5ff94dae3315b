// Durations as Prometheus writes them: 250ms, 1s, 15m, 1h30m. The grammar is that of its common/model/time.go.

/** Units from the longest to the shortest. A day has 24 hours, a week 7 days, a year 365 days. */
const UNITS: readonly (readonly [name: string, ms: number])[] = [
  ['y', 365 * 86_400_000],
  ['w', 7 * 86_400_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
]

/** Each unit at most once, the longer before the shorter. */
const GRAMMAR = new RegExp(`^${UNITS.map(([name]) => `(?:(\\d+)${name})?`).join('')}$`)

/** Prometheus counts nanoseconds in 64 bits, which is about 292 years. */
const LONGEST_MS = Math.floor(2 ** 63 / 1e6)

/** The milliseconds of a duration such as `1s`, `15m`, `1h30m` or `0`. Throws an Error for anything else. */
export function parseDuration(text: string): number {
  if (text === '0') return 0
  const counts = text === '' ? null : GRAMMAR.exec(text)
  if (counts === null) {
    throw new Error(`expected a duration such as 1s, 15m or 1h30m, got ${JSON.stringify(text)}`)
  }
  const ms = UNITS.reduce((sum, [, unitMs], i) => sum + Number(counts[i + 1] ?? 0) * unitMs, 0)
  if (ms > LONGEST_MS) throw new Error(`expected a duration of at most 292 years, got ${JSON.stringify(text)}`)
  return ms
}

/**
 * The text of a duration of whole, non-negative milliseconds, as Prometheus writes it: weeks and years only where
 * they come out even. `parseDuration` reads it back to the same number.
 */
export function formatDuration(ms: number): string {
  let text = ''
  let rest = ms
  for (const [name, unitMs] of UNITS) {
    const isEvenOnly = name === 'y' || name === 'w'
    const count = isEvenOnly && rest % unitMs !== 0 ? 0 : Math.floor(rest / unitMs)
    if (count > 0) text += `${count}${name}`
    rest -= count * unitMs
  }
  return text === '' ? '0s' : text
}
