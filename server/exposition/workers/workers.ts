// The processes of one app on one machine: each publishes its numbers as a file in a folder that they share, and whoever is
// asked adds up what is published. docs/scaling.md has it for users.
import { mkdir } from 'node:fs/promises'
import { unlessAborted } from '../../deadline'
import { hidePaths } from '../../hide-paths'
import { createdNameOf } from '../names'
import type { Snapshot } from '../snapshot'
import { Baseline } from './baseline'
import { KnownLayouts } from './family-layout'
import type { Ledger, WorkerFile } from './ledger'
import { Ledgers, sourceOf, sourceOfEnded } from './ledger'
import { Merge } from './merge'
import { Publisher } from './publisher'
import { Liveness, thisWorker } from './this-worker'
import type { Head } from './worker-file'

/** How old what others see of a worker gets. */
const PUBLISH_MS = 1_000
/** How often those that ended are put into one file. */
const FOLD_MS = 5_000
/** For so long after a worker has ended, gauges keep the label `worker`: a worker that comes again doesn't begin new series. */
const LABELLED_MS = 5 * 60_000
/** A file of another machine that is older is from before this one was started. */
const FOREIGN_MS = 60_000

const FOLDER_MODE = 0o700

export type WorkersStatus = {
  /** Which of the app's workers this is: the value of the label `worker`. */
  slot: number
  /** How many run, this one included; 0 before that is known. */
  running: number
  /** Whether no running one has a lower slot; true before that is known. */
  isFirst: boolean
  /** Why this one is seen alone. */
  problem: string | undefined
}

export type WorkersOptions = {
  /** Where the files are, and nothing else. */
  directory: string
  job: string
  instance: string
  startedAtMs: number
  /** What this worker has counted, with created times. */
  collectOwn(): Promise<Snapshot>
  /** Whether this is the one process that puts together what ended ones have left. `isFirst`: no running one has a lower slot. */
  mayFold(isFirst: boolean): boolean
  log(message: string): void
  /** Whether the process of a worker runs; undefined where that can't be seen. A test says so itself. */
  isRunning?: (head: Head) => boolean | undefined
  /** How often ended workers are put together at most. */
  foldMs?: number
  now?: () => number
}

export type Workers = {
  /**
   * Publishes what this worker has counted, and adds up what all have: with one worker these are its own numbers. It never
   * goes back while one of them runs. Where the folder can't be used, these are this worker's own numbers.
   */
  collect(options: { signal: AbortSignal; withCreated: boolean }): Promise<Snapshot>
  /** Publishes every second from now on, also if nobody asks. */
  start(): void
  /** Publishes for the last time, before it returns: what a process at its end has counted. Never throws. */
  end(snapshot: Snapshot): void
  /** Stops publishing. What is published stays, as that of a process that was killed. */
  stop(): Promise<void>
  status(): WorkersStatus
  /** When all counters were 0; minus infinity where others had counted before this worker was started. */
  countsSinceMs(): number
}

export function createWorkers(options: WorkersOptions): Workers {
  const { collectOwn, directory, foldMs = FOLD_MS, instance, job, log, mayFold, now = Date.now, startedAtMs } = options
  const layouts = new KnownLayouts()
  const merge = new Merge()
  const warned = new Set<string>()
  let identity = thisWorker()
  let liveness = new Liveness(identity, options.isRunning)
  let publisher: Publisher | undefined
  let baseline: Baseline | undefined
  let running: Promise<Snapshot> | undefined
  let queued: Promise<Snapshot> | undefined
  let publishedMs = Number.NEGATIVE_INFINITY
  let foldedMs = performance.now()
  let timer: NodeJS.Timeout | undefined
  /** Whether others were there first. */
  let isLate = false
  /** Whether this worker's own numbers were all there is. */
  let isAlone = true
  let status: WorkersStatus = { slot: 0, running: 0, isFirst: true, problem: undefined }
  const ledgers = new Ledgers(directory, layouts, warn, (name) => name.startsWith(identity.incarnation))

  function warn(fileName: string, why: string): void {
    const key = `${fileName} ${why}`
    if (warned.has(key)) return
    warned.add(key)
    log(
      `${fileName === '' ? directory : `${directory}/${fileName}`} ${why}${fileName === '' ? '.' : ', so it is not added to the metrics.'}`,
    )
  }

  /** Resolves to what this worker has counted at a moment after the call, once it is published. */
  function publish(): Promise<Snapshot> {
    if (running === undefined) return begin()
    queued ??= running.then(begin, begin).finally(() => {
      queued = undefined
    })
    return queued
  }

  function begin(): Promise<Snapshot> {
    const begun = publishNow()
    running = begun
    const end = () => {
      if (running === begun) running = undefined
    }
    begun.then(end, end)
    return begun
  }

  async function publishNow(): Promise<Snapshot> {
    const snapshot = await collectOwn()
    try {
      publisher ??= await join()
      if (!(await publisher.publish(baseline?.take(snapshot) ?? snapshot))) await publishAgain(publisher, snapshot)
      if (status.problem !== undefined) log(`the numbers of this process are written to ${directory} again.`)
      status = { ...status, problem: undefined }
    } catch (error) {
      report(error)
    }
    publishedMs = performance.now()
    return snapshot
  }

  /** The file is gone: somebody has removed it, or took this process for one that has ended and has its counts. */
  async function publishAgain(before: Publisher, snapshot: Snapshot): Promise<void> {
    await mkdir(directory, { recursive: true, mode: FOLDER_MODE })
    const { folded } = ledgers.read()
    const isCounted = folded?.head.folded?.includes(before.head.incarnation) === true
    if (isCounted && before.newest !== undefined) baseline = Baseline.of(before.newest, baseline)
    before.close()
    identity = thisWorker()
    liveness = new Liveness(identity, options.isRunning)
    publisher = undefined
    publisher = await join()
    await publisher.publish(baseline?.take(snapshot) ?? snapshot)
  }

  async function join(): Promise<Publisher> {
    await mkdir(directory, { recursive: true, mode: FOLDER_MODE })
    const ledger = ours(ledgers.read())
    const others = ledger.workers.filter((worker) => !isOver(worker))
    if (others.length === 0) await ledgers.clear(ledger)
    isLate ||= others.length > 0
    const slot = freeSlot(others)
    status = { ...status, slot, running: others.length + 1 }
    return new Publisher(directory, { ...identity, slot, job, instance, startedAtMs }, layouts)
  }

  function report(error: unknown): void {
    const problem = error instanceof Error ? hidePaths(error.message, error) : String(error)
    if (status.problem !== problem) {
      log(`the numbers of this process can't be shared with other processes of this app in ${directory}: ${problem}.`)
    }
    status = { ...status, problem }
  }

  const isOver = ({ head, values }: WorkerFile) => values.hasEnded || liveness.hasEnded(head, values.sequence)

  /** Without those of other apps and of other machines. */
  function ours({ folded, workers }: Ledger): Ledger {
    return {
      folded: folded?.head.job === job && folded.head.machine === identity.machine ? folded : undefined,
      workers: workers.filter(({ fileNames: [name = ''], head, values }) => {
        if (head.job !== job) warn(name, `is of another app (job ${head.job}, this one is ${job})`)
        else if (head.machine !== identity.machine) {
          if (now() - values.takenAtMs > FOREIGN_MS) return false
          warn(name, 'is of another machine: only processes of one machine can share a folder')
        } else return true
        return false
      }),
    }
  }

  async function collectAll(withCreated: boolean): Promise<Snapshot> {
    const own = await publish()
    const published = publisher?.newest
    if (publisher === undefined || published === undefined) return withCreated ? own : withoutCreated(own)
    const { head } = publisher
    const ledger = readOrAlone()
    if (ledger === undefined) return withCreated ? own : withoutCreated(own)
    const { folded, workers } = ours(ledger)
    const others = workers.filter((worker) => !isOver(worker))
    const ended = workers.filter((worker) => !others.includes(worker))
    liveness.keep(new Set(workers.map((worker) => worker.head.incarnation)))
    const isFirst = others.every((other) => other.head.slot > head.slot)
    status = { ...status, slot: head.slot, running: others.length + 1, isFirst }
    if (ended.length > 0) void foldSoon(isFirst)
    if (others.some((other) => isBefore(other.head, head) && other.head.slot === head.slot)) {
      publisher.change({ slot: freeSlot(others) })
    }
    const left = folded === undefined ? ended : [...ended, folded]
    isAlone = others.length === 0 && left.length === 0 && baseline === undefined
    if (isAlone) return withCreated ? own : withoutCreated(own)
    const isLabelled = others.length > 0 || left.some(({ values }) => now() - values.takenAtMs < LABELLED_MS)
    const running = [...others.map((other) => ({ ...other, isOwn: false })), { ...published, head, isOwn: true }]
    running.sort((one, other) => one.head.slot - other.head.slot || (isBefore(one.head, other.head) ? -1 : 1))
    const sources = slotsOf(running.map((one) => one.head.slot)).map((slot, i) => {
      const one = running[i]
      return one === undefined ? [] : [sourceOf(one, slot)]
    })
    const options = { takenAtMs: own.takenAtMs, isLabelled, withCreated }
    return merge.snapshot([...sources.flat(), ...left.map(sourceOfEnded)], options)
  }

  /** Undefined where the folder can't be read, and nothing was there to be added the last time. */
  function readOrAlone(): Ledger | undefined {
    try {
      return ledgers.read()
    } catch (error) {
      report(error)
      if (isAlone) return undefined
      throw error
    }
  }

  async function foldSoon(isFirst: boolean): Promise<void> {
    const nowMs = performance.now()
    if (publisher === undefined || nowMs - foldedMs < foldMs || !mayFold(isFirst)) return
    foldedMs = nowMs
    const isOurs = (worker: WorkerFile) => ours({ folded: undefined, workers: [worker] }).workers.length > 0
    try {
      await ledgers.fold((worker) => isOurs(worker) && isOver(worker), publisher.head)
    } catch (error) {
      warn('', `can't be tidied up: ${error instanceof Error ? hidePaths(error.message, error) : error}`)
    }
  }

  return {
    collect: ({ signal, withCreated }) => unlessAborted(collectAll(withCreated), signal),
    start() {
      // At once: who comes while another one ends is there before it has.
      publish().catch(() => undefined)
      timer = setInterval(() => {
        if (performance.now() - publishedMs > PUBLISH_MS && running === undefined) publish().catch(() => undefined)
      }, PUBLISH_MS / 4)
      timer.unref()
    },
    end(snapshot) {
      try {
        if (publisher?.newest !== undefined) publisher.publishLast(baseline?.take(snapshot) ?? snapshot)
      } catch (error) {
        report(error)
      }
    },
    async stop() {
      clearInterval(timer)
      await running?.catch(() => undefined)
      publisher?.close()
    },
    status: () => status,
    countsSinceMs: () => (isLate ? Number.NEGATIVE_INFINITY : startedAtMs),
  }
}

/**
 * What the app of this folder is called as an instance: as its first worker is. So its series stay the same ones, whichever
 * worker stores them. Undefined where no worker runs, and where the folder can't be read.
 */
export function instanceIn(directory: string, job: string): string | undefined {
  try {
    const self = thisWorker()
    const liveness = new Liveness(self)
    const { workers } = new Ledgers(directory, new KnownLayouts(), () => {}).read()
    const running = workers.filter(
      ({ head, values }) =>
        head.job === job &&
        head.machine === self.machine &&
        !values.hasEnded &&
        Date.now() - values.takenAtMs < FOREIGN_MS &&
        !liveness.hasEnded(head, values.sequence),
    )
    return running.sort((one, other) => one.head.slot - other.head.slot)[0]?.head.instance
  } catch {
    return undefined
  }
}

type Ranked = { startedAtMs: number; incarnation: string }

const isBefore = (one: Ranked, other: Ranked): boolean =>
  one.startedAtMs < other.startedAtMs || (one.startedAtMs === other.startedAtMs && one.incarnation < other.incarnation)

/** The lowest that none of these has. */
function freeSlot(workers: readonly WorkerFile[]): number {
  const taken = new Set(workers.map(({ head }) => head.slot))
  let slot = 0
  while (taken.has(slot)) slot++
  return slot
}

/** Each one its own, where two were started at the same moment and took the same. */
function slotsOf(wanted: readonly number[]): number[] {
  const taken = new Set<number>()
  return wanted.map((slot) => {
    let own = slot
    while (taken.has(own) || (own !== slot && wanted.includes(own))) own++
    taken.add(own)
    return own
  })
}

function withoutCreated(snapshot: Snapshot): Snapshot {
  const families = snapshot.families.map((family) => {
    const created = createdNameOf(family)
    return created === undefined
      ? family
      : { ...family, samples: family.samples.filter(({ name }) => name !== created) }
  })
  return { ...snapshot, families }
}
