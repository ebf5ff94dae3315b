// Sorting as work in small steps (`slices.ts`): an array's own sort would hold up everything else where there are
// thousands to compare.

/** Sorted at a stretch, and merged between two yields. */
const STEP_LENGTH = 256

/** The list in order; what is equal stays as it was. */
export function* sorted<T>(list: readonly T[], compare: (a: T, b: T) => number): Generator<void, T[]> {
  let runs: T[][] = []
  for (let start = 0; start < list.length; start += STEP_LENGTH) {
    yield
    runs.push(list.slice(start, start + STEP_LENGTH).sort(compare))
  }
  while (runs.length > 1) {
    const merged: T[][] = []
    for (let i = 0; i < runs.length; i += 2) merged.push(yield* merge(runs[i] ?? [], runs[i + 1] ?? [], compare))
    runs = merged
  }
  return runs[0] ?? []
}

function* merge<T>(left: readonly T[], right: readonly T[], compare: (a: T, b: T) => number): Generator<void, T[]> {
  const merged: T[] = []
  let taken = 0
  for (const one of left) {
    let other = right[taken]
    while (taken < right.length && compare(other as T, one) < 0) {
      merged.push(other as T)
      other = right[++taken]
      if (merged.length % STEP_LENGTH === 0) yield
    }
    merged.push(one)
    if (merged.length % STEP_LENGTH === 0) yield
  }
  for (const one of right.slice(taken)) merged.push(one)
  return merged
}
