// Hashes of texts. They begin at random, so that nobody outside knows which texts share one.

const SEED = (Math.random() * 2 ** 32) | 0

/** FNV-1a over the code units from `start` to `end`. */
export function hashText(text: string, start: number, end: number, seed = SEED): number {
  let hash = seed
  for (let index = start; index < end; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash ^ (hash >>> 15)
}
