// Two answers of the Prometheus HTTP API, held against each other.

export type HttpAnswer = { status: number; type: string; allow: string | null; body: unknown }

/** Reads JSON where it is JSON, else text. */
export async function readAnswer(response: Response): Promise<HttpAnswer> {
  const text = await response.text()
  const type = response.headers.get('content-type') ?? ''
  const body: unknown = type.startsWith('application/json') ? JSON.parse(text) : text
  return { status: response.status, type, allow: response.headers.get('allow'), body }
}

/** Values that are left over from numbers that cancel each other out may differ in their last digits. */
const tolerance = 1e-9

/** Where and in what `ours` differs; undefined where it doesn't. */
export function firstDifference(real: unknown, ours: unknown, path = ''): string | undefined {
  if (isObject(real) && isObject(ours)) {
    for (const key of new Set([...Object.keys(real), ...Object.keys(ours)])) {
      const different = firstDifference(real[key], ours[key], `${path}.${key}`)
      if (different !== undefined) return different
    }
    return undefined
  }
  if (Array.isArray(real) && Array.isArray(ours)) {
    if (real.length !== ours.length)
      return `${path}: ${real.length} elements, ours ${ours.length}: ${shown(real)}, ${shown(ours)}`
    return real.map((one, i) => firstDifference(one, ours[i], `${path}[${i}]`)).find((one) => one !== undefined)
  }
  if (Object.is(real, ours) || isClose(real, ours)) return undefined
  return `${path}: ${shown(real)}, ours ${shown(ours)}`
}

/** The same names and types of fields, whatever their values. */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf)
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shapeOf(one)]))
  return typeof value
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isClose(real: unknown, ours: unknown): boolean {
  if (typeof real !== 'string' || typeof ours !== 'string') return false
  const [a, b] = [Number(real), Number(ours)]
  return real !== '' && Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b)) && a !== b
}

function shown(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 300) ?? 'nothing'
}
