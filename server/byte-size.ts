// Sizes as Prometheus writes them: 512MB, 1GB. A kilobyte has 1024 bytes.

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB']

const GRAMMAR = new RegExp(`^(\\d+)(${UNITS.join('|')})$`)

/** The bytes of a size such as `512MB`; NaN for anything else. */
export function parseBytes(text: string): number {
  const [, count, unit = ''] = GRAMMAR.exec(text) ?? []
  return count === undefined ? Number.NaN : Number(count) * 1024 ** UNITS.indexOf(unit)
}
