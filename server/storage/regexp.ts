// RE2's regular expressions within RE2's own kind of bounds: how large an expression may be, how much memory its automaton
// may take, and how long one value may be tried. re2js, a port of RE2, does all of it in one turn of the event loop.
import { RE2JS } from 're2js'
import { sizeOfRegexp } from './regexp-size'

/** Each takes up to five microseconds to compile. */
export const MAX_INSTRUCTIONS = 2000
/** Instructions times characters: up to fifty nanoseconds each where it is hard. */
const MAX_MATCH_STEPS = 250_000
/** For the states that re2js remembers, as it counts them; its own default is 8 MiB for each expression. */
const AUTOMATON_BYTES = 128 * 1024
/** What the heap holds for a byte that re2js counts, for an instruction, and for the rest of an expression. */
const BYTES_PER_COUNTED = 2
const BYTES_PER_INSTRUCTION = 400
const BYTES_OF_REST = 8192
/** A step for one value copies what so many groups have captured in the time that it takes without. */
const GROUPS_PER_STEP = 100

/** An expression is too large, or a value too long for it. Told by its name: Next loads several copies of this module. */
export class RegexpLimitError extends Error {
  override readonly name = 'RegexpLimitError'

  static override [Symbol.hasInstance](thrown: unknown): boolean {
    return thrown instanceof Error && thrown.name === 'RegexpLimitError'
  }
}

export class Regexp {
  /** About how many instructions it has: `MAX_INSTRUCTIONS` at most. */
  readonly size: number
  readonly #engine: RE2JS

  /**
   * `flags` are those of RE2JS. Throws an Error in RE2's own words where `source` is malformed or too large: RE2's
   * messages quote it together with what the flags put in front.
   */
  constructor(source: string, flags = 0) {
    this.size = sizeOfRegexp(source)
    if (this.size > MAX_INSTRUCTIONS) throw tooLarge()
    this.#engine = RE2JS.compile(source, flags)
    if (this.#engine.programSize() > MAX_INSTRUCTIONS) throw tooLarge()
    const { dfa } = this.#engine.re2()
    dfa.maxMem = AUTOMATON_BYTES
    dfa.stateBudget = AUTOMATON_BYTES
    dfa.memBudget = AUTOMATON_BYTES
  }

  /** What it holds in memory: it remembers the states that it has been in. */
  get bytes(): number {
    const { dfa } = this.#engine.re2()
    const counted = AUTOMATON_BYTES - dfa.memBudget
    return BYTES_OF_REST + BYTES_PER_INSTRUCTION * this.size + BYTES_PER_COUNTED * counted
  }

  /** Lets go of what can be found again. */
  forget(): void {
    this.#engine.re2().dfa.clearCache()
    this.#engine.reset()
  }

  /** What a test costs at most: instructions times characters. */
  stepsFor(value: string): number {
    return this.#engine.programSize() * (value.length + 1)
  }

  /** Whether all of the value matches. Throws RegexpLimitError where that would take too long. */
  test(value: string): boolean {
    refuseHardMatch(this.stepsFor(value), value)
    return this.#engine.testExact(value)
  }

  /**
   * What each group of the first match holds, by number and by name; undefined where there is none. Throws as `test`.
   */
  groupsOf(value: string): Map<string, string> | undefined {
    refuseHardMatch(this.stepsFor(value) * (1 + this.#engine.groupCount() / GROUPS_PER_STEP), value)
    const matcher = this.#engine.matcher(value)
    if (!matcher.find()) return undefined
    const groups = new Map<string, string>()
    for (let i = 0; i <= matcher.groupCount(); i++) groups.set(String(i), matcher.group(i) ?? '')
    for (const [name, i] of Object.entries(this.#engine.namedGroups())) groups.set(name, matcher.group(i) ?? '')
    return groups
  }
}

/** Throws RegexpLimitError where it would take more than some milliseconds to try the value. */
export function refuseHardMatch(steps: number, value: string): void {
  if (steps <= MAX_MATCH_STEPS) return
  throw new RegexpLimitError(
    `a regular expression would take more than ${MAX_MATCH_STEPS} steps to try a label value of ${value.length} characters`,
  )
}

function tooLarge(): RegexpLimitError {
  return new RegexpLimitError(
    `error parsing regexp: expression too large: it takes more than ${MAX_INSTRUCTIONS} instructions`,
  )
}
