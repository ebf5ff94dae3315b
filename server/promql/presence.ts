// At which steps any of several columns is present.
import type { Budget } from './budget'
import type { Column } from './columns'

export async function anyPresent(columns: readonly Column[], count: number, budget: Budget): Promise<Uint8Array> {
  const any = new Uint8Array(count)
  for (const { present } of columns) {
    if (budget.isDue) await budget.pause()
    for (let step = 0; step < count; step++) any[step] = (any[step] ?? 0) | (present[step] ?? 0)
  }
  return any
}
