// Label matchers, as functions. Storage and PromQL share them, so that both mean the same by a match.
import { labelOf } from '../exposition/labels'
import type { Labels } from '../exposition/snapshot'
import { compilePattern } from './pattern'
import type { Matcher } from './series'

export type CompiledMatcher = {
  name: string
  /** Whether a label with this value matches; '' is the value of an absent label. */
  accepts: (value: string) => boolean
  /** What it costs at most to ask that, in steps of some thirty nanoseconds. */
  stepsFor: (value: string) => number
  /** The only values that are accepted, where they can be listed. */
  only: Iterable<string> | undefined
  /** What it takes beyond its own text, in instructions of a regular expression. */
  size: number
}

const oneStep = () => 1

/**
 * Throws an Error in RE2's own words if the matcher's regular expression is malformed or too large. `accepts` throws
 * RegexpLimitError where a value is too long for the expression.
 */
export function compileMatcher({ name, op, value: wanted }: Matcher): CompiledMatcher {
  switch (op) {
    case '=':
      return { name, accepts: (value) => value === wanted, stepsFor: oneStep, only: [wanted], size: 0 }
    case '!=':
      return { name, accepts: (value) => value !== wanted, stepsFor: oneStep, only: undefined, size: 0 }
    case '=~':
    case '!~': {
      const { literals, size, stepsFor, test } = compilePattern(wanted)
      return op === '=~'
        ? { name, accepts: test, stepsFor, only: literals, size }
        : { name, accepts: (value) => !test(value), stepsFor, only: undefined, size }
    }
  }
}

/**
 * Whether the labels satisfy every matcher of one of the selectors. In small steps (`slices.ts`), one for each matcher.
 * Throws as `compileMatcher` and `accepts` do.
 */
export function* satisfiesAny(labels: Labels, selectors: readonly (readonly Matcher[])[]): Generator<void, boolean> {
  for (const matchers of selectors) if (yield* satisfies(labels, matchers)) return true
  return false
}

function* satisfies(labels: Labels, matchers: readonly Matcher[]): Generator<void, boolean> {
  for (const matcher of matchers) {
    yield
    const { accepts, name } = compileMatcher(matcher)
    if (!accepts(labelValue(labels, name))) return false
  }
  return true
}

/** The value of a label, or '' where it is absent. */
export function labelValue(labels: Labels, name: string): string {
  return labelOf(labels, name) ?? ''
}
