// The label matchers that keep a board to one target: others may have metrics of the same names.
import { toLiteralRegex, toStringContent } from './substitute'

/** `job="hearth",instance="localhost:3000"`; of a job alone all its targets; without a target, what every series matches, whatever its labels. */
export function toTargetMatchers(target: { job: string; instance?: string | undefined } | undefined): string {
  if (target === undefined) return 'job=~".*"'
  const { job, instance } = target
  const ofJob = `job="${toStringContent(job)}"`
  return instance === undefined ? ofJob : `${ofJob},instance="${toStringContent(instance)}"`
}

/** `job=~"hearth|shop"`: all targets of these jobs. */
export function toJobMatchers(jobs: readonly string[]): string {
  const [job = '', ...others] = new Set(jobs)
  if (others.length === 0) return toTargetMatchers({ job })
  return `job=~"${toStringContent([job, ...others].map(toLiteralRegex).join('|'))}"`
}
