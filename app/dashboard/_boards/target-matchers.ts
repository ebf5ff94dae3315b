// The label matchers that keep a board to one target: others may have metrics of the same names.
import { toStringContent } from './substitute'

/** `job="hearth",instance="localhost:3000"`; without a target, what every series matches, whatever its labels. */
export function toTargetMatchers(target: { job: string; instance: string } | undefined): string {
  if (target === undefined) return 'job=~".*"'
  return `job="${toStringContent(target.job)}",instance="${toStringContent(target.instance)}"`
}
