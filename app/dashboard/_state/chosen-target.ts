// Which target the page is about: the one that the URL names, or else this process; or all that count requests as Hearth does.
import { toJobMatchers, toTargetMatchers } from '../_boards/target-matchers'
import type { Status } from '../_panels/use-status'

export type Target = Status['targets'][number]

type Targets = Pick<Status, 'source' | 'targets'>

/** The name of all targets together. */
export const EVERY_TARGET = '*'

/** Those that count requests as this process does, if they are several: what they count can be added up. */
export function togetherTargets({ source, targets }: Targets): readonly Target[] {
  const counting = source.kind === 'embedded' ? targets.filter(({ isHearth }) => isHearth === true) : []
  return counting.length > 1 ? counting : []
}

function isTogether(known: Targets, name: string | undefined): boolean {
  return name === EVERY_TARGET && togetherTargets(known).length > 0
}

/**
 * A name that no target has is this process, the first of them. Undefined where the page is about all together, as it is where
 * a Prometheus answers: what it scrapes is its own business.
 */
export function chosenTarget(known: Targets, name: string | undefined): Target | undefined {
  const { source, targets } = known
  if (source.kind === 'prometheus' || isTogether(known, name)) return undefined
  return targets.find((target) => toTargetName(target) === name) ?? targets[0]
}

/** The label matchers of whom the page is about. */
export function chosenMatchers(known: Targets, name: string | undefined): string {
  if (isTogether(known, name)) return toJobMatchers(togetherTargets(known).map(({ job }) => job))
  return toTargetMatchers(chosenTarget(known, name))
}

/** The name, where no target has it. */
export function unknownTarget(known: Targets, name: string | undefined): string | undefined {
  const { source, targets } = known
  if (source.kind === 'prometheus' || name === undefined || isTogether(known, name)) return undefined
  return targets.some((target) => toTargetName(target) === name) ? undefined : name
}

/** The targets that the page can switch between: none where there is no choice. */
export function offeredTargets({ source, targets }: Targets): readonly Target[] {
  return source.kind === 'embedded' && targets.length > 1 ? targets : []
}

/** As the URL has it: `orders/10.0.0.7:8000`. An instance is a host and a port, so the last slash parts the two. */
export function toTargetName({ job, instance }: Pick<Target, 'job' | 'instance'>): string {
  return `${job}/${instance}`
}
