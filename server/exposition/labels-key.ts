// Labels as a string, for maps: two label sets have the same key exactly if Prometheus holds them for the same.
import type { Labels } from './snapshot'

/** The same for every order of the labels, and with or without labels that are empty: an empty label is no label. */
export function labelsKey(labels: Labels): string {
  const parts: string[] = []
  for (const name of Object.keys(labels).sort()) {
    const value = labels[name]
    if (value) parts.push(name, value)
  }
  return JSON.stringify(parts)
}
