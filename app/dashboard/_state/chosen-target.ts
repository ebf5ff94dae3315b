// Which target the page is about: the one that the URL names, or else this process.
import type { Status } from '../_panels/use-status'

export type Target = Status['targets'][number]

type Targets = Pick<Status, 'source' | 'targets'>

/**
 * A name that no target has is this process, the first of them. Undefined where a Prometheus answers: what it scrapes
 * is its own business, and the page is about all of it.
 */
export function chosenTarget({ source, targets }: Targets, name: string | undefined): Target | undefined {
  if (source.kind === 'prometheus') return undefined
  return targets.find((target) => toTargetName(target) === name) ?? targets[0]
}

/** The name, where no target has it. */
export function unknownTarget({ source, targets }: Targets, name: string | undefined): string | undefined {
  if (source.kind === 'prometheus' || name === undefined) return undefined
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
