// For tests: any text, name and label set that an exposition can have.
import fc from 'fast-check'
import { setLabel } from './labels'
import type { Labels } from './snapshot'

/** Any text but lone surrogates, which UTF-8 can't have; much of it of characters that mean something in a format. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('"', '\\', '\n', 'n', '{', '}', ',', '=', ' ', '\t', '#', '\r') }),
)

/** Names with the suffixes of samples are left out: two families must not have samples of the same name. */
export const anyName = fc
  .oneof(
    fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/),
    fc.constantFrom('constructor', '__proto__', 'toString', 'my.metric', '0', '"', '\\', '\n', ' '),
    anyText,
  )
  .filter((name) => name !== '' && !/_(total|created|info|bucket|g?sum|g?count)$/.test(name))

/** Labels as pairs of name and value. */
export const anyPairs = fc.uniqueArray(
  fc.tuple(
    fc
      .oneof(fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]*$/), anyName)
      .filter((name) => !['__name__', 'le', 'quantile'].includes(name)),
    anyText,
  ),
  { selector: ([name]) => name, maxLength: 5 },
)

export function toLabels(pairs: [string, string][]): Labels {
  const labels: Record<string, string> = {}
  for (const [name, value] of pairs) setLabel(labels, name, value)
  return labels
}
