// A counter whose value comes from somewhere else.
import { declareCounter } from './declare'
import type { OurRegistry } from './registry'

/** Whenever the counter is collected, it goes up to what `read` gives, from 0 at the start of the process. */
export function countUpTo(registry: OurRegistry, definition: { name: string; help: string }, read: () => number): void {
  let counted = 0
  const counter = declareCounter(registry, {
    ...definition,
    collect() {
      const total = read()
      if (total <= counted) return
      counter.inc(total - counted)
      counted = total
    },
  })
}
