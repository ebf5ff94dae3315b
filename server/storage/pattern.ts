// Regular expressions as matchers have them: RE2's language, anchored at both ends, in time linear in the value. Compiled
// ones are remembered within a bound of bytes, with what they answered. Where a pattern is simple, no engine runs at all.
import { RE2JS } from 're2js'
import { perProcess } from '../per-process'
import { Regexp, RegexpLimitError, refuseHardMatch } from './regexp'
import type { SimplePattern } from './simple-pattern'
import { parseSimple } from './simple-pattern'

export type Pattern = {
  /** Whether all of the value matches. Throws RegexpLimitError where that would take more than some milliseconds. */
  readonly test: (value: string) => boolean
  /** What a test costs at most, in steps of some thirty nanoseconds. */
  readonly stepsFor: (value: string) => number
  /** The only values that match, where the pattern is a list of them. */
  readonly literals: ReadonlySet<string> | undefined
  /** What it takes beyond its own text, in instructions of a regular expression. */
  readonly size: number
}

/** Of all patterns of the process together. */
const MAX_PATTERNS = 500
const MAX_BYTES = 8 * 1024 * 1024
/** Of each pattern: a storage tries the same few values again and again. */
const MAX_ANSWERS = 1000
const LONGEST_REMEMBERED = 256
/** What remembers a text takes, besides its characters. */
const BYTES_PER_TEXT = 64
/** A pattern that has grown by so much is weighed again. */
const NOTED_BYTES = 4096
const COMPARISONS_PER_STEP = 32
/** Characters of a list that take as much memory as an instruction. */
const CHARACTERS_PER_INSTRUCTION = 32

/** Compiles once per pattern. Throws an Error in RE2's own words if the pattern is malformed or too large. */
export function compilePattern(source: string): Pattern {
  return patterns().of(source)
}

function patterns(): Patterns {
  return perProcess('patterns', () => new Patterns())
}

type HeldPattern = Pattern & {
  readonly source: string
  readonly bytes: number
  /** Lets go of what was remembered on the way. */
  forget(): void
}

/** Those that were looked for least recently leave first. */
class Patterns {
  readonly #held = new Map<string, { pattern: HeldPattern; bytes: number }>()
  #bytes = 0

  of(source: string): Pattern {
    const pattern = this.#held.get(source)?.pattern ?? compile(source)
    this.hold(pattern)
    return pattern
  }

  /** For a pattern that is new, was looked for, or has grown; one that had left comes back. */
  hold(pattern: HeldPattern): void {
    const { bytes, source } = pattern
    this.#drop(source, pattern)
    this.#held.set(source, { pattern, bytes })
    this.#bytes += bytes
    for (const oldest of this.#held.keys()) {
      if ((this.#held.size <= MAX_PATTERNS && this.#bytes <= MAX_BYTES) || oldest === source) return
      this.#drop(oldest)
    }
  }

  #drop(source: string, unless?: HeldPattern): void {
    const held = this.#held.get(source)
    if (held === undefined) return
    this.#held.delete(source)
    this.#bytes -= held.bytes
    if (held.pattern !== unless) held.pattern.forget()
  }
}

function compile(source: string): HeldPattern {
  const simple = parseSimple(source)
  return simple === undefined ? new EnginePattern(source) : heldSimple(source, simple)
}

function heldSimple(source: string, { comparisons, count, length, literals, test }: SimplePattern): HeldPattern {
  const once = comparisons.once / COMPARISONS_PER_STEP
  const perCharacter = comparisons.perCharacter / COMPARISONS_PER_STEP
  const stepsFor = (value: string) => once + perCharacter * value.length
  const tryWithin = (value: string) => {
    refuseHardMatch(stepsFor(value), value)
    return test(value)
  }
  return {
    source,
    literals,
    size: 1 + Math.max(0, Math.floor((length - source.length) / CHARACTERS_PER_INSTRUCTION)),
    bytes: BYTES_PER_TEXT * (count + 1) + 2 * (length + source.length),
    stepsFor,
    // Where all texts are at an end, the value's length makes no difference.
    test: perCharacter === 0 ? test : tryWithin,
    forget() {},
  }
}

class EnginePattern implements HeldPattern {
  readonly literals = undefined
  readonly #regexp: Regexp
  readonly #answers = new Map<string, boolean>()
  #answerBytes = 0
  #notedBytes = 0

  constructor(readonly source: string) {
    this.#regexp = compileEngine(source)
    this.#notedBytes = this.bytes
  }

  get size(): number {
    return this.#regexp.size
  }

  get bytes(): number {
    return 2 * this.source.length + this.#regexp.bytes + this.#answerBytes
  }

  readonly stepsFor = (value: string): number => {
    return this.#answers.has(value) ? 1 : this.#regexp.stepsFor(value)
  }

  readonly test = (value: string): boolean => {
    const known = this.#answers.get(value)
    if (known !== undefined) return known
    const answer = this.#regexp.test(value)
    if (value.length <= LONGEST_REMEMBERED) this.#remember(value, answer)
    if (this.bytes >= this.#notedBytes + NOTED_BYTES) {
      this.#notedBytes = this.bytes
      patterns().hold(this)
    }
    return answer
  }

  forget(): void {
    this.#regexp.forget()
    this.#answers.clear()
    this.#answerBytes = 0
    this.#notedBytes = this.bytes
  }

  /** The answer that came first leaves where there are too many. */
  #remember(value: string, answer: boolean): void {
    const first = this.#answers.size < MAX_ANSWERS ? undefined : this.#answers.keys().next().value
    if (first !== undefined) this.#answers.delete(first)
    this.#answers.set(value, answer)
    this.#answerBytes += bytesOf(value) - (first === undefined ? 0 : bytesOf(first))
  }
}

/** The dot matches a line break too, as in Prometheus 3. */
function compileEngine(source: string): Regexp {
  try {
    return new Regexp(source, RE2JS.DOTALL)
  } catch (error) {
    if (error instanceof RegexpLimitError) throw error
    // re2js puts the flag in front of the pattern, and then quotes both.
    const message = error instanceof Error ? error.message : String(error)
    throw new Error(message.replace('`(?s)', '`'))
  }
}

function bytesOf(text: string): number {
  return BYTES_PER_TEXT + 2 * text.length
}
