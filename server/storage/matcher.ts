// Label matchers, as functions. Storage and PromQL share them, so that both mean the same by a match.
import { labelOf } from '../exposition/labels'
import type { Labels } from '../exposition/snapshot'
import { compilePattern } from './pattern'
import type { Matcher } from './series'

export type CompiledMatcher = {
  name: string
  /** Whether a label with this value matches; '' is the value of an absent label. */
  accepts: (value: string) => boolean
  /** The only values that are accepted, where they can be listed. */
  only: Iterable<string> | undefined
}

/** Throws an Error with RE2's own message if the matcher's regular expression is malformed. */
export function compileMatcher({ name, op, value: wanted }: Matcher): CompiledMatcher {
  switch (op) {
    case '=':
      return { name, accepts: (value) => value === wanted, only: [wanted] }
    case '!=':
      return { name, accepts: (value) => value !== wanted, only: undefined }
    case '=~': {
      const { test, literals } = compilePattern(wanted)
      return { name, accepts: test, only: literals }
    }
    case '!~': {
      const { test } = compilePattern(wanted)
      return { name, accepts: (value) => !test(value), only: undefined }
    }
  }
}

/** Whether the labels satisfy every matcher. Throws as `compileMatcher` does. */
export function matches(labels: Labels, matchers: readonly Matcher[]): boolean {
  return matchers.map(compileMatcher).every(({ name, accepts }) => accepts(labelValue(labels, name)))
}

/** The value of a label, or '' where it is absent. */
export function labelValue(labels: Labels, name: string): string {
  return labelOf(labels, name) ?? ''
}
