// Long work in slices, so that the requests of the same process don't wait for all of it. The work is a generator that
// yields after every small step.

/** How long work goes on before everything else that is due gets its turn. */
const SLICE_MS = 2
/** The clock is read only so often: a step takes microseconds, and reading it would take as long as some. */
const STEPS_PER_LOOK = 16

/**
 * Works as long as a slice lasts, lets everything else that is due have its turn, and so on, up to the result. Where a
 * step takes longer than microseconds, the clock is to be read more often.
 */
export async function inSlices<T>(work: Iterator<unknown, T>, stepsPerLook = STEPS_PER_LOOK): Promise<T> {
  let begunMs = performance.now()
  for (let steps = 1; ; steps++) {
    const step = work.next()
    if (step.done) return step.value
    if (steps % stepsPerLook !== 0 || performance.now() - begunMs < SLICE_MS) continue
    await new Promise((resolve) => setImmediate(resolve))
    begunMs = performance.now()
  }
}

/** The result without a pause. */
export function atOnce<T>(work: Iterator<unknown, T>): T {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}
