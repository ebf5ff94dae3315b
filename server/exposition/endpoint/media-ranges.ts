// The Accept header of a request, taken apart.

/** One entry of the header, with what matters here: `text/plain; version=0.0.4; q=0.5`. */
export type MediaRange = {
  /** In lower case; either half may be `*`. */
  type: string
  /** The parameter of that name, undefined where there is none. */
  version: string | undefined
  /** From 0, not acceptable, to 1. */
  quality: number
}

/**
 * The entries in their order, without those that are malformed. All parameters but `version` and `q` are passed over:
 * Prometheus 3 sends `escaping`, and not to know it must not cost a scraper its format.
 */
export function parseAccept(header: string | null): MediaRange[] {
  return (header ?? '').split(',').flatMap((entry) => parseEntry(entry) ?? [])
}

function parseEntry(entry: string): MediaRange | undefined {
  const [first = '', ...parameters] = entry.split(';')
  const type = first.trim().toLowerCase()
  const range: MediaRange = { type, version: undefined, quality: 1 }
  if (!/^[^\s/]+\/[^\s/]+$/.test(type)) return undefined
  for (const parameter of parameters) {
    const [name = '', value = ''] = parameter.split('=', 2).map((part) => part.trim())
    if (name.toLowerCase() === 'version') range.version = value.replace(/^"(.*)"$/, '$1')
    if (name.toLowerCase() === 'q') range.quality = /^[\d.]+$/.test(value) ? Number(value) : Number.NaN
  }
  return range.quality >= 0 && range.quality <= 1 ? range : undefined
}
