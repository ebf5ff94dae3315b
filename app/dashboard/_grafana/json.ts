// Reads JSON of whatever shape without trusting it: each function gives the default where something else stands there.

export type Json = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const objectOf = (value: unknown): Json => (isObject(value) ? value : {})
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
export const objectsOf = (value: unknown): readonly Json[] => listOf(value).filter(isObject)

/** Of a value that the object has itself. */
export const own = (object: Json, key: string): unknown => (Object.hasOwn(object, key) ? object[key] : undefined)

/** The value along a path of keys. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((found, key) => own(objectOf(found), key), value)
}

export const textOf = (value: unknown, longest: number): string =>
  typeof value === 'string' ? value.slice(0, longest) : ''

/** A number, also one that was written as a text, as old boards have it. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/** `a list`, `"text"`, `3`, `nothing`: what came, for a message. */
export function said(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (isObject(value))
    return `an object with ${Object.keys(value).slice(0, 5).join(', ').slice(0, 100) || 'nothing in it'}`
  return JSON.stringify(value).slice(0, 60)
}
