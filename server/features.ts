// Prometheus's feature flags, under Prometheus's own names, as far as this app has what they switch on.

/** What ENABLE_FEATURES has switched on. */
export type Features = {
  /** Functions and aggregations that Prometheus 3.14 still calls experimental. */
  readonly experimentalFunctions: boolean
  /** `anchored` and `smoothed`. */
  readonly extendedRangeSelectors: boolean
  /** `fill`, `fill_left` and `fill_right`. */
  readonly fillModifiers: boolean
}

export const NO_FEATURES: Features = {
  experimentalFunctions: false,
  extendedRangeSelectors: false,
  fillModifiers: false,
}

/** Everything that there is, for tests and comparisons. */
export const ALL_FEATURES: Features = {
  experimentalFunctions: true,
  extendedRangeSelectors: true,
  fillModifiers: true,
}

const FLAGS: ReadonlyMap<string, keyof Features> = new Map([
  ['promql-experimental-functions', 'experimentalFunctions'],
  ['promql-extended-range-selectors', 'extendedRangeSelectors'],
  ['promql-binop-fill-modifiers', 'fillModifiers'],
])

/** What is always on here: naming it changes nothing. */
const ALWAYS_ON: readonly string[] = ['exemplar-storage', 'promql-duration-expr']

/** Every name that may be given. */
export const FEATURE_FLAGS: readonly string[] = [...FLAGS.keys(), ...ALWAYS_ON]

/** Reads names separated by commas; undefined where one of them is none of `FEATURE_FLAGS`. */
export function parseFeatures(text: string): Features | undefined {
  const names = text.split(',').map((name) => name.trim())
  if (!names.every((name) => FEATURE_FLAGS.includes(name))) return undefined
  const given = names.flatMap((name) => FLAGS.get(name) ?? [])
  return { ...NO_FEATURES, ...Object.fromEntries(given.map((feature) => [feature, true])) }
}

/** The names that are on, as Prometheus's own flag would have them. */
export function enabledFlags(features: Features): string[] {
  return [...[...FLAGS].filter(([, feature]) => features[feature]).map(([name]) => name), ...ALWAYS_ON]
}

/** Tells different features apart, where what depends on them is remembered. */
export function featuresKey({ experimentalFunctions, extendedRangeSelectors, fillModifiers }: Features): number {
  return Number(experimentalFunctions) + 2 * Number(extendedRangeSelectors) + 4 * Number(fillModifiers)
}
