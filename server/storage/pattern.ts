// Regular expressions as PromQL means them: RE2's language, anchored at both ends, in time linear in the value.
// JavaScript's RegExp is another language and can hang; re2js is a port of RE2. Where a pattern is only a list of
// literals, as a dashboard's filters are, no engine runs at all.
import { RE2JS } from 're2js'

export type Pattern = {
  test: (value: string) => boolean
  /** The only values that match, where the pattern is a list of literals. */
  literals: ReadonlySet<string> | undefined
}

const CACHED_PATTERNS = 500
/** Per pattern: a storage tries the same few values again and again. */
const CACHED_VALUES = 1000

const compiled = new Map<string, Pattern>()

/** Compiles once per pattern. Throws an Error with RE2's own message if the pattern is malformed. */
export function compilePattern(source: string): Pattern {
  return remember(compiled, CACHED_PATTERNS, source, () => compile(source))
}

function compile(source: string): Pattern {
  if (source === '.*') return { test: () => true, literals: undefined }
  if (source === '.+') return { test: (value) => value !== '', literals: undefined }
  const literals = parseLiterals(source)
  if (literals !== undefined) return { test: (value) => literals.has(value), literals }
  const engine = compileEngine(source)
  const answers = new Map<string, boolean>()
  const test = (value: string) => remember(answers, CACHED_VALUES, value, () => engine.testExact(value))
  return { test, literals: undefined }
}

/** The value of a key, created at the first call. The key that came first leaves a full map. */
function remember<T>(map: Map<string, T>, limit: number, key: string, create: () => T): T {
  const known = map.get(key)
  if (known !== undefined) return known
  const created = create()
  const first = map.size < limit ? undefined : map.keys().next().value
  if (first !== undefined) map.delete(first)
  map.set(key, created)
  return created
}

/** The dot matches a line break too, as in Prometheus 3. */
function compileEngine(source: string): RE2JS {
  try {
    return RE2JS.compile(source, RE2JS.DOTALL)
  } catch (error) {
    // re2js puts the flag in front of the pattern, and then quotes both.
    const message = error instanceof Error ? error.message : String(error)
    throw new Error(message.replace('`(?s)', '`'))
  }
}

/** Characters that stand for themselves, being no metacharacters or escaped, and bars between them. */
const LITERALS = /^(?:[^\\^$.*+?()[\]{}]|\\[!-/:-@[-`{-~])*$/u

/** The alternatives of `a|b\.c` or `(a|b\.c)`; undefined if the pattern is anything else. */
function parseLiterals(source: string): Set<string> | undefined {
  const inner = source.startsWith('(') && source.endsWith(')') ? source.slice(1, -1) : source
  if (!LITERALS.test(inner)) return undefined
  const literals: string[] = ['']
  for (const [character, escaped] of inner.matchAll(/\\(.)|./gsu)) {
    if (character === '|') literals.push('')
    else literals.push((literals.pop() ?? '') + (escaped ?? character))
  }
  return new Set(literals)
}
