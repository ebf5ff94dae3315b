// Long work in slices, so that the requests of the same process don't wait for all of it.

/** How long work goes on before everything else that is due gets its turn. */
const SLICE_MS = 2
/** The clock is read only so often: a step takes microseconds, and reading it would take as long as some. */
const STEPS_PER_LOOK = 16

export type Slices = {
  /** To be called after each small step: whether it is time to `await rest()`. */
  isOver(): boolean
  /** Resolves when everything else that was due has had its turn: a new slice begins. */
  rest(): Promise<void>
}

/** The first slice begins now. */
export function beginSlices(): Slices {
  let steps = 0
  let begunMs = performance.now()
  return {
    isOver: () => ++steps % STEPS_PER_LOOK === 0 && performance.now() - begunMs >= SLICE_MS,
    async rest() {
      await new Promise((resolve) => setImmediate(resolve))
      begunMs = performance.now()
    },
  }
}
