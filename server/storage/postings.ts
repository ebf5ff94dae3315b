// Lists of ids in ascending order, in typed arrays: four bytes for each, and two of them are compared by walking along
// both.

/** Ids that come in ascending order. */
export class Postings {
  #ids = new Uint32Array(0)
  #size = 0

  get size(): number {
    return this.#size
  }

  /** The ids that there are now: what is added or removed later doesn't change them. */
  get ids(): Uint32Array {
    return this.#ids.subarray(0, this.#size)
  }

  /** The id has to be larger than all others. */
  add(id: number): void {
    if (this.#size === this.#ids.length) {
      const grown = new Uint32Array(Math.ceil(this.#size * 1.5) + 1)
      grown.set(this.#ids)
      this.#ids = grown
    }
    this.#ids[this.#size++] = id
  }

  /** Removes those of the ids that are here. */
  delete(ids: Uint32Array): void {
    this.#ids = subtract(this.ids, ids).slice()
    this.#size = this.#ids.length
  }
}

/** The ids that are in both. */
export function intersect(left: Uint32Array, right: Uint32Array): Uint32Array {
  return left.length <= right.length ? pick(left, right, true) : pick(right, left, true)
}

/** The ids that are in the first and not in the second. */
export function subtract(ids: Uint32Array, unwanted: Uint32Array): Uint32Array {
  return pick(ids, unwanted, false)
}

/** The ids that are in any of these lists, of which no two have one in common. */
export function unite(lists: readonly Uint32Array[]): Uint32Array {
  const [only] = lists
  if (only !== undefined && lists.length === 1) return only
  const united = new Uint32Array(lists.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const list of lists) {
    united.set(list, at)
    at += list.length
  }
  return united.sort()
}

/** Those of the ids that are among the others, or those that are not. */
function pick(ids: Uint32Array, others: Uint32Array, areAmong: boolean): Uint32Array {
  const picked = new Uint32Array(ids.length)
  let count = 0
  let place = 0
  for (const id of ids) {
    place = placeOf(id, others, place)
    if ((others[place] === id) === areAmong) picked[count++] = id
  }
  return picked.subarray(0, count)
}

/** Where the first id is, from `start` on, that is not less than this one: in leaps, and then by halves. */
function placeOf(id: number, ids: Uint32Array, start: number): number {
  let leap = 1
  while (start + leap <= ids.length && (ids[start + leap - 1] ?? 0) < id) leap *= 2
  let low = start + (leap >> 1)
  let high = Math.min(start + leap - 1, ids.length)
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ids[middle] ?? 0) < id) low = middle + 1
    else high = middle
  }
  return low
}
