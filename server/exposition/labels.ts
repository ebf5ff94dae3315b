// Labels are plain objects whose names outsiders may choose, `constructor` and `__proto__` among them. Writing goes
// through setLabel; reading goes through labelOf, or through Object.entries, keys, hasOwn and spread, which are safe.
// (`labels.le` is safe only for a name that Object.prototype doesn't have; Object.assign loses `__proto__`.)
import type { Labels } from './snapshot'

/** Sets an own property, whatever its name: plain assignment to `__proto__` would be swallowed. */
export function setLabel(labels: Record<string, string>, name: string, value: string): void {
  if (name !== '__proto__') labels[name] = value
  else Object.defineProperty(labels, name, { value, enumerable: true, configurable: true, writable: true })
}

/** The value of a label, or undefined where it is absent: never something inherited. */
export function labelOf(labels: Labels, name: string): string | undefined {
  return Object.hasOwn(labels, name) ? labels[name] : undefined
}
