// Where Hearth lies on the app's own port. Not all that is asked there is answered by Hearth: its framework refuses a method,
// adds a slash, or the client is gone before there is an answer.
import { perProcess } from './per-process'

/** Where a part of the path is a parameter, there is one place for each value. */
const MOST_KNOWN = 5

const bases = (): Set<string> => perProcess('own-mounts', () => new Set<string>())

/** `base` is a path as browsers know it. Gives whether it is a new one, of which there are at most five. */
export function addOwnMount(base: string): boolean {
  const known = bases()
  if (known.has(base) || known.size === MOST_KNOWN) return false
  known.add(base)
  return true
}

/** Whether a request's URL is that of such a place, or below it. At the root all else is the app's. */
export function isInOwnMount(url: string): boolean {
  for (const base of bases()) {
    if (base !== '' && url.startsWith(base) && /^(?:$|[/?])/.test(url.slice(base.length, base.length + 1))) return true
  }
  return false
}
