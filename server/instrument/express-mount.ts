// What a mount of Express takes of a path, in the app's own words. A Layer keeps these words in router 2.3 only: those of
// Express 4 are read from its regular expression, and those of router 2.0 to 2.2 are found by trying.

/** What these versions have of it: private to Express, and read here alone. */
export type Mount = {
  /** Express 4. */
  regexp?: RegExp & { fast_slash?: boolean }
  keys?: readonly { name: string | number }[]
  /** Express 5: one for each path. */
  matchers?: readonly Matcher[]
  slash?: boolean
  rawPath?: unknown
}

type Matcher = (path: string) => false | { path: string; params: Record<string, unknown> }

/** As many characters of the path as `length` says. */
export type Taken = { words: string; length: number }

/** In place of a segment, to see what it is for. */
const PROBE = 'hearth-tries-this'

/** Undefined where the mount is not for that path, or its words can't be told. */
export function takeMount(
  { keys = [], matchers = [], rawPath, regexp, slash }: Mount,
  path: string,
): Taken | undefined {
  if (slash === true || regexp?.fast_slash === true) return { words: '', length: 0 }
  if (regexp !== undefined) return taken(wordsOfRegExp(regexp, keys), regexp.exec(path)?.[0])
  for (const [i, matcher] of matchers.entries()) {
    const match = tried(matcher, path)
    if (match === false) continue
    const told = Array.isArray(rawPath) ? rawPath[i] : rawPath
    return taken(told === undefined ? wordsByTrying(matcher, match.path) : String(told), match.path)
  }
  return undefined
}

function taken(words: string | undefined, matched: string | undefined): Taken | undefined {
  return words === undefined || matched === undefined ? undefined : { words, length: matched.length }
}

/** A parameter that is a whole segment, as path-to-regexp 0.1 writes it. */
const PARAMETER = /\(\?:\\\/\(\[\^\\?\/\]\+\?\)\)/g

/** Undefined where there is more to it than literal text and such parameters: that may match what a client has chosen. */
function wordsOfRegExp({ source }: RegExp, keys: readonly { name: string | number }[]): string | undefined {
  const [, path] = /^\^(.*?)(?:\\\/)?\?\(\?=\\\/\|\$\)$/.exec(source) ?? []
  let parameters = 0
  const words = path?.replace(PARAMETER, () => `/:${keys[parameters++]?.name}`)
  const isLiteral = words !== undefined && !/[\\^$.*+?()[\]{}|]/.test(words.replace(/\\[/.]/g, ''))
  return isLiteral ? words.replace(/\\([/.])/g, '$1') : undefined
}

/**
 * A segment that may be any other is a parameter. Where all parameters are found that way, the rest is literal text, but for
 * capitals, which the client may have chosen. Undefined for regular expressions, and where a parameter is no whole segment.
 */
function wordsByTrying(matcher: Matcher, path: string): string | undefined {
  const match = tried(matcher, path)
  // So it is called by path-to-regexp 8; that of a regular expression has another name.
  if (match === false || matcher.name !== 'match') return undefined
  const isAnyCase = tried(matcher, path.toUpperCase()) !== false && tried(matcher, path.toLowerCase()) !== false
  const unknown = new Set(Object.keys(match.params))
  const segments = path.split('/')
  const words = segments.map((segment, i) => {
    const other = segment === '' ? false : tried(matcher, segments.with(i, PROBE).join('/'))
    if (other === false) return isAnyCase ? segment.toLowerCase() : segment
    const name = Object.keys(other.params).find((key) => other.params[key] === PROBE)
    if (name !== undefined) unknown.delete(name)
    return name === undefined ? undefined : `:${name}`
  })
  return unknown.size > 0 || words.includes(undefined) ? undefined : words.join('/')
}

/** What can't be decoded throws. */
function tried(matcher: Matcher, path: string): ReturnType<Matcher> {
  try {
    return matcher(path)
  } catch {
    return false
  }
}
