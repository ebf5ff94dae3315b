// Places by 32-bit hashes: at a fraction of what a Map takes, and bounded even where hashes were chosen to do harm.

const NO_SLOTS = new Int32Array(0)
const FEWEST_SLOTS = 32

/** More than so many hashes before a gap don't come by chance. */
const MOST_PROBES = 64

export class HashIndex {
  /** Pairs of a hash and its place, which counts from 1: 0 is a gap. */
  private slots = NO_SLOTS
  private size = 0
  /** Whether a hash found no room. */
  hasLost = false

  /** The place that was added with this hash, or -1. */
  find(hash: number): number {
    const slot = this.size === 0 ? undefined : slotOf(this.slots, hash)
    return slot === undefined ? -1 : (this.slots[slot + 1] ?? 0) - 1
  }

  /** Adds a hash that isn't there yet, or gives it a new place. */
  set(hash: number, place: number): void {
    if (this.size * 4 >= this.slots.length) this.grow()
    this.put(hash, place + 1)
  }

  private put(hash: number, value: number): void {
    const slot = slotOf(this.slots, hash)
    if (slot === undefined) {
      this.hasLost = true
      return
    }
    if (this.slots[slot + 1] === 0) this.size++
    this.slots[slot] = hash
    this.slots[slot + 1] = value
  }

  private grow(): void {
    const former = this.slots
    this.slots = new Int32Array(Math.max(former.length * 4, FEWEST_SLOTS))
    this.size = 0
    for (let slot = 0; slot < former.length; slot += 2) {
      const value = former[slot + 1] ?? 0
      if (value !== 0) this.put(former[slot] ?? 0, value)
    }
  }
}

/** Where the hash stands, or else the gap where it would; undefined where there is none near. */
function slotOf(slots: Int32Array, hash: number): number | undefined {
  const mask = slots.length - 2
  let slot = (Math.imul(hash, 0x9e3779b1) >>> 7) & mask
  for (let probe = 0; probe < MOST_PROBES; probe++) {
    if (slots[slot + 1] === 0 || slots[slot] === hash) return slot
    slot = (slot + 2) & mask
  }
  return undefined
}
