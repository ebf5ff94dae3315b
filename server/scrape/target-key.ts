// The key of a target: two targets may have the same host and port.

/** A target's labels. */
export type TargetName = { job: string; instance: string }

/** The same text for the same target. */
export function targetKey({ job, instance }: TargetName): string {
  return JSON.stringify([job, instance])
}
