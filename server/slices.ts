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

/** How many elements are sorted at a stretch, and how many are merged. */
const SORTED_AT_ONCE = 512
const MERGED_AT_ONCE = 64

/** A sorted copy, as `toSorted` has it; equal elements stay in their order. For `inSlices`: a step is one of the merge. */
export function* sorting<T>(list: readonly T[], compare: (a: T, b: T) => number): Generator<undefined, T[]> {
  let runs: T[][] = []
  for (let start = 0; start < list.length; start += SORTED_AT_ONCE) {
    runs.push(list.slice(start, start + SORTED_AT_ONCE).sort(compare))
    yield
  }
  while (runs.length > 1) {
    const merged: T[][] = []
    for (let i = 0; i < runs.length; i += 2) merged.push(yield* merging(runs[i] ?? [], runs[i + 1] ?? [], compare))
    runs = merged
  }
  return runs[0] ?? []
}

function* merging<T>(left: T[], right: T[], compare: (a: T, b: T) => number): Generator<undefined, T[]> {
  if (right.length === 0) return left
  const merged: T[] = []
  let next = 0
  for (const one of left) {
    for (let other = right[next]; other !== undefined && compare(other, one) < 0; other = right[++next]) {
      merged.push(other)
      if (merged.length % MERGED_AT_ONCE === 0) yield
    }
    merged.push(one)
    if (merged.length % MERGED_AT_ONCE === 0) yield
  }
  for (; next < right.length; next++) merged.push(right[next] as T)
  return merged
}

/** The result without a pause. */
export function atOnce<T>(work: Iterator<unknown, T>): T {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}
