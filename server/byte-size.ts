// Sizes as Prometheus writes them: 512MB, 1GB. A kilobyte has 1024 bytes.

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB']

const GRAMMAR = new RegExp(`^(\\d+)(${UNITS.join('|')})$`)

/** The bytes of a size such as `512MB`; NaN for anything else. */
export function parseBytes(text: string): number {
  const [, count, unit = ''] = GRAMMAR.exec(text) ?? []
  return count === undefined ? Number.NaN : Number(count) * 1024 ** UNITS.indexOf(unit)
}

/** The text of a size, rounded down to a whole number of the largest unit that leaves at least two digits: `18MB`. */
export function formatBytes(bytes: number): string {
  let power = 0
  while (power < UNITS.length - 1 && bytes >= 10 * 1024 ** (power + 1)) power++
  return `${Math.floor(bytes / 1024 ** power)}${UNITS[power]}`
}
