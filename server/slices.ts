// Long work in slices, so that the requests of the same process don't wait for all of it.

/** How long work goes on before everything else that is due gets its turn. */
const SLICE_MS = 2
/** The clock is read only so often: a step takes microseconds, and reading it would take as long as some. */
const STEPS_PER_LOOK = 16

export type Slices = {
  /** Whether the present slice has lasted long enough. */
  isOver(): boolean
  /** Lets everything else that is due have its turn; a new slice begins then. */
  next(): Promise<void>
}

/** The first slice begins now. For work that waits in between; `inSlices` is for work that doesn't. */
export function beginSlices(): Slices {
  let begunMs = performance.now()
  return {
    isOver: () => performance.now() - begunMs >= SLICE_MS,
    async next() {
      await new Promise((resolve) => setImmediate(resolve))
      begunMs = performance.now()
    },
  }
}

/**
 * Works as long as a slice lasts, and so on, up to the result. The work is a generator that yields after every small
 * step. Where a step takes longer than microseconds, the clock is to be read more often.
 */
export async function inSlices<T>(work: Iterator<unknown, T>, stepsPerLook = STEPS_PER_LOOK): Promise<T> {
  const slices = beginSlices()
  for (let steps = 1; ; steps++) {
    const step = work.next()
    if (step.done) return step.value
    if (steps % stepsPerLook === 0 && slices.isOver()) await slices.next()
  }
}

/** The result without a pause. */
export function atOnce<T>(work: Iterator<unknown, T>): T {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}
