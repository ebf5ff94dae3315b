// An instant vector at one step in two arrays: a query of many series makes no object for each of them.
import type { Labels } from '../exposition/snapshot'
import type { Budget } from './budget'
import type { Column, Marks, Values } from './columns'
import { columnBytes } from './columns'
import type { Evaluated } from './evaluation'

/** The clock is read only so often: a row takes nanoseconds, but half a millisecond where it is grouped by 10,000 names. */
const ROWS_PER_LOOK = 16

/** A label set for each row. Whoever asks for the same series again is given the same array, so it may be remembered. */
export type Rows = readonly Labels[]

/**
 * `values[row]` means something where `present[row]` is 1. No two rows that are present have equal labels. Its columns are
 * made when somebody wants them.
 */
export class FlatVector {
  readonly type = 'vector'
  #columns: readonly Column[] | undefined

  constructor(
    readonly rows: Rows,
    readonly values: Values,
    readonly present: Marks,
  ) {}

  /** What it takes without the labels, which are somebody else's. */
  get bytes(): number {
    const { length } = this.rows
    return length * (Float64Array.BYTES_PER_ELEMENT + 1) + columnBytes(this.#columns?.length ?? 0, 1)
  }

  /** Those of the rows that are present. */
  async columns(budget: Budget): Promise<readonly Column[]> {
    if (this.#columns) return this.#columns
    const columns: Column[] = []
    await forEachRow(this.rows, budget, (row) => {
      const labels = this.rows[row]
      if (labels === undefined || this.present[row] !== 1) return
      budget.holdColumns(columnBytes(1, 1))
      columns.push({ labels, values: Float64Array.of(this.values[row] ?? 0), present: Uint8Array.of(1) })
    })
    this.#columns = columns
    return columns
  }
}

/** Throws PromqlError where the budget has no memory for the arrays of a flat vector. */
export function flatArrays(rows: number, budget: Budget): { values: Float64Array; present: Uint8Array } {
  budget.holdColumns(rows * (Float64Array.BYTES_PER_ELEMENT + 1))
  return { values: new Float64Array(rows), present: new Uint8Array(rows) }
}

/** The columns of a vector, whichever way it is laid out. */
export async function columnsIn(
  vector: Extract<Evaluated, { type: 'vector' }>,
  budget: Budget,
): Promise<readonly Column[]> {
  return isFlat(vector) ? vector.columns(budget) : vector.columns
}

/** What a value takes: without the labels, which are held in other ways. */
export function bytesOf(evaluated: Evaluated): number {
  if (evaluated.type === 'string') return 0
  if (isFlat(evaluated)) return evaluated.bytes
  if (evaluated.type === 'scalar') return columnBytes(1, evaluated.values.length)
  return columnBytes(evaluated.columns.length, evaluated.columns[0]?.values.length ?? 0)
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
