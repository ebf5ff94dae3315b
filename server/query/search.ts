// Which series, names or values several selectors find: in slices, since there may be thousands of each.
import { abandoned } from '../promql/budget'
import { PromqlError } from '../promql/promql-error'
import { queryTurns } from '../promql/turns'
import { RegexpLimitError } from '../storage/regexp'
import type { Matcher } from '../storage/series'

export type Select<T> = (matchers: readonly Matcher[], fromMs: number, toMs: number) => Generator<void, T[]>

/** Taken over between two yields. */
const STEP_LENGTH = 256

/**
 * The result of work in small steps (`slices.ts`). Rejects with PromqlError when `signal` aborts, and where a label's value
 * is too long for a regular expression.
 */
export async function search<T>(work: Iterator<unknown, T>, signal?: AbortSignal): Promise<T> {
  try {
    return await queryTurns().finish(work, signal)
  } catch (error) {
    if (signal?.aborted) throw abandoned(signal)
    throw error instanceof RegexpLimitError ? new PromqlError(error.message, 0, 0) : error
  }
}

/** What any of the selectors finds, each once, as work in small steps. Milliseconds, both inclusive; throws as `select`. */
export function* selectEach<T>(
  selectors: readonly (readonly Matcher[])[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
  select: Select<T>,
): Generator<void, T[]> {
  const all = new Set<T>()
  for (const matchers of selectors) {
    const found = yield* select(matchers, fromMs, toMs)
    for (const [i, one] of found.entries()) {
      if (i % STEP_LENGTH === 0) yield
      all.add(one)
    }
  }
  return [...all]
}
