// The label sets of one metric: a bounded number of them, distinguished exactly.
import { nowMs } from '../outside'
import type { Labels } from './metric-types'

/** The value of every label in the one set that stands for all those past the limit. */
export const OTHER = '(other)'

/**
 * Under this name, which is no label's and isn't enumerable, each set carries its exact key. prom-client tells its
 * children apart by `name:value,` run together, where {a: '1,b:2', b: '3'} and {a: '1', b: '2,b:3'} are one.
 */
export const EXACT_KEY = '\0key'

/** Under what prom-client keeps the child of such a set, or of none. */
export const childKey = (set: Labels): string => (set[EXACT_KEY] === undefined ? '' : `${EXACT_KEY}:${set[EXACT_KEY]},`)

/** One level for each label, by its values: looking up texts that are there anyway takes less than making a key of them. */
type Branch = { next: Map<string, Branch> | undefined; set: Labels | undefined }

export class LabelSets {
  /** Under what prom-client keeps the children of these sets, in the order of their creation. */
  readonly childKeys: string[] = []
  /** When each of them was created, in milliseconds. */
  readonly createdMs: number[] = []
  readonly #names: readonly string[]
  readonly #limit: number
  readonly #onFolded: () => void
  readonly #root: Branch = { next: undefined, set: undefined }
  #size = 0
  #other: Labels | undefined

  /** `onFolded` hears of each observation that goes to the `(other)` set for want of room. */
  constructor(names: readonly string[], limit: number, onFolded: () => void) {
    this.#names = names
    this.#limit = limit
    this.#onFolded = onFolded
    // A metric without labels has its one set from the start.
    if (names.length === 0) this.find({})
  }

  /**
   * The one object for these labels, or the `(other)` set's once there are `limit` sets and this is none of them. A
   * label that is missing is '', and a value that is no string is taken as the text of it: traffic never fails.
   */
  find(labels: Labels): Labels {
    let branch: Branch | undefined = this.#root
    for (const name of this.#names) {
      branch = branch.next?.get(textOf(labels[name]))
      if (branch === undefined) return this.#add(labels)
    }
    return branch.set ?? this.#add(labels)
  }

  #add(labels: Labels): Labels {
    if (this.#size >= this.#limit) return this.#fold()
    let branch = this.#root
    for (const name of this.#names) {
      const value = textOf(labels[name])
      branch.next ??= new Map()
      const next: Branch = branch.next.get(value) ?? { next: undefined, set: undefined }
      branch.next.set(value, next)
      branch = next
    }
    this.#size++
    branch.set = this.#create((name) => textOf(labels[name]), this.#keyOf(labels))
    return branch.set
  }

  #fold(): Labels {
    this.#onFolded()
    this.#other ??= this.#create(() => OTHER, '(other)')
    return this.#other
  }

  #create(valueFor: (name: string) => string, key: string): Labels {
    const set: Record<string, string> = {}
    for (const name of this.#names) set[name] = valueFor(name)
    // prom-client has the one child of a metric without labels from the start, under no key.
    if (this.#names.length > 0) Object.defineProperty(set, EXACT_KEY, { value: key })
    this.childKeys.push(childKey(set))
    this.createdMs.push(nowMs())
    return set
  }

  /** Each value after its length: no two label sets run together to the same text, and none to `(other)`. */
  #keyOf(labels: Labels): string {
    let key = ''
    for (const name of this.#names) {
      const value = textOf(labels[name])
      key += `${value.length}:${value}`
    }
    return key
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : String(value ?? ''))
