// An instant vector at one step in two arrays: a query of many series makes no object for each of them.
import type { Labels } from '../exposition/snapshot'
import type { Budget } from './budget'
import type { Column, Marks, Values } from './columns'

/** The clock is read only so often: a row takes nanoseconds. */
const ROWS_PER_LOOK = 128

/** A label set for each row. Whoever asks for the same series again is given the same array, so it may be remembered. */
export type Rows = readonly Labels[]

/**
 * `values[row]` means something where `present[row]` is 1. No two rows that are present have equal labels. It is an
 * Evaluated like any other: its columns are made when somebody wants them.
 */
export class FlatVector {
  readonly type = 'vector'
  #columns: readonly Column[] | undefined

  constructor(
    readonly rows: Rows,
    readonly values: Values,
    readonly present: Marks,
  ) {}

  /** Those of the rows that are present. */
  get columns(): readonly Column[] {
    this.#columns ??= this.#columnsOfRows()
    return this.#columns
  }

  #columnsOfRows(): Column[] {
    const columns: Column[] = []
    for (const [row, labels] of this.rows.entries()) {
      if (this.present[row] !== 1) continue
      columns.push({ labels, values: Float64Array.of(this.values[row] ?? 0), present: Uint8Array.of(1) })
    }
    return columns
  }
}

/** By its shape: Next loads several copies of this module into one process, and one meets what another has made. */
export function isFlat(value: object): value is FlatVector {
  return 'rows' in value
}

/** Visits all rows, and pauses in between when that is due. */
export async function forEachRow(rows: Rows, budget: Budget, visit: (row: number) => void): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_LOOK) {
    if (budget.isDue) await budget.pause()
    const end = Math.min(start + ROWS_PER_LOOK, rows.length)
    for (let row = start; row < end; row++) visit(row)
  }
}
