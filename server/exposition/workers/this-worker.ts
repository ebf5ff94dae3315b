// What tells a worker from all others, and whether the process of one still runs.
import { randomBytes } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import type { Head } from './worker-file'

/** Where it can't be seen whether a process runs, it has ended once it has published nothing at so many looks. */
const LOOKS = 60

export type Identity = Pick<Head, 'incarnation' | 'pid' | 'processStart' | 'namespace' | 'machine'>

export function thisWorker(): Identity {
  const { pid } = process
  const startedMs = Math.floor(performance.timeOrigin)
  return {
    incarnation: `${pid}-${startedMs.toString(36)}-${randomBytes(6).toString('hex')}`,
    pid,
    processStart: processState(pid)?.start,
    namespace: read(() => readlinkSync('/proc/self/ns/pid')) ?? hostname(),
    machine: read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()) ?? hostname(),
  }
}

/** Remembers what it has seen of workers whose process this one can't see. */
export class Liveness {
  readonly #seen = new Map<string, { sequence: number; looks: number }>()

  /** `isRunning` tells of a worker's process whether it runs; undefined where that can't be seen. */
  constructor(
    private readonly self: Identity,
    private readonly isRunning: (head: Head) => boolean | undefined = (head) => isProcessOf(head, self),
  ) {}

  /** A look at a worker that has published this often, and has not said that it ends. */
  hasEnded(head: Head, sequence: number): boolean {
    if (head.incarnation === this.self.incarnation) return false
    const told = this.isRunning(head)
    if (told !== undefined) return !told
    const seen = this.#seen.get(head.incarnation)
    if (seen?.sequence === sequence) return ++seen.looks > LOOKS
    this.#seen.set(head.incarnation, { sequence, looks: 0 })
    return false
  }

  /** Forgets all workers but these. */
  keep(incarnations: ReadonlySet<string>): void {
    for (const incarnation of this.#seen.keys()) if (!incarnations.has(incarnation)) this.#seen.delete(incarnation)
  }
}

function isProcessOf({ machine, namespace, pid, processStart }: Head, self: Identity): boolean | undefined {
  if (machine !== self.machine || namespace !== self.namespace) return undefined
  if (!doesExist(pid)) return false
  if (processStart === undefined) return undefined
  const state = processState(pid)
  return state?.start === processStart && !state.isOver
}

function doesExist(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It exists, and is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Linux says when a process was started, so that one with the same id isn't taken for it, and whether it waits for its parent. */
function processState(pid: number): { start: string; isOver: boolean } | undefined {
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  // The name of the program stands in parentheses, and may have any characters.
  const [state = '', ...fields] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? []
  const start = fields[18]
  return start === undefined ? undefined : { start, isOver: state === 'Z' || state === 'X' }
}

function read(attempt: () => string): string | undefined {
  try {
    return attempt()
  } catch {
    return undefined
  }
}
