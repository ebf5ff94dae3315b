// The path template of an Express mount, as the app wrote it. A Layer keeps it only in router 2.3. For Express 4 it is read
// from the layer's regular expression, and for router 2.0 to 2.2 it is found by trying.

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

type Match = { path: string; params: Record<string, unknown> }

type Matcher = (path: string) => false | Match

/** As many characters of the path as `length` says. */
export type Taken = { words: string; length: number }

/** A mount with more is not tried: a client says how many a `*` takes. */
const SEGMENTS_LIMIT = 16

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
    return taken(told === undefined ? wordsOfMatcher(matcher, match) : String(told), match.path)
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

/** Of each matcher the words that were found, by the number of segments and the parameters: it may leave some out. */
const wordsOf = new WeakMap<Matcher, Map<string, string>>()

function wordsOfMatcher(matcher: Matcher, { path, params }: Match): string | undefined {
  const segments = path.split('/')
  // So it is called by path-to-regexp 8; that of a regular expression has another name.
  if (matcher.name !== 'match' || segments.length > SEGMENTS_LIMIT) return undefined
  const known = wordsOf.get(matcher) ?? new Map<string, string>()
  const key = `${segments.length} ${Object.keys(params).join(' ')}`
  const words = known.get(key) ?? wordsByTrying(matcher, segments, Object.keys(params))
  // Those that are found are as many as the app's own words have optional parts.
  if (words !== undefined) wordsOf.set(matcher, known.set(key, words))
  return words
}

/**
 * A segment that may be any other is a parameter. Where all parameters are found that way, the rest is literal text, but for
 * capitals, which the client may have chosen. Undefined where a parameter is no whole segment.
 */
function wordsByTrying(
  matcher: Matcher,
  segments: readonly string[],
  parameters: readonly string[],
): string | undefined {
  const path = segments.join('/')
  const isAnyCase = tried(matcher, path.toUpperCase()) !== false && tried(matcher, path.toLowerCase()) !== false
  const unknown = new Set(parameters)
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
