// The only use of globalThis. Next loads instrumentation, proxy and app entries as separate copies of a module in
// one process, so module-level state would exist several times; what must exist once per process goes through here.

/**
 * The one value of `key` in this process, created at the first call. It survives hot reload in `next dev`, so
 * `create` must not close over what a reload should replace.
 */
export function perProcess<T>(key: string, create: () => T): T {
  const slot = Symbol.for(`hearth.${key}`)
  const slots = globalThis as unknown as Record<symbol, T | undefined>
  const existing = slots[slot]
  if (existing !== undefined) return existing
  const created = create()
  slots[slot] = created
  return created
}

/** What others in this process look for among its globals under this name; empty where nobody has begun it. */
export function globalObject(name: string): Record<string, unknown> {
  const globals = globalThis as unknown as Record<string, Record<string, unknown> | undefined>
  const existing = globals[name]
  if (existing !== undefined) return existing
  const created = {}
  globals[name] = created
  return created
}

/** What another program of this process has put among its globals, under a symbol that is registered by this name. */
export const processSymbol = (name: string): unknown => Reflect.get(globalThis, Symbol.for(name))
