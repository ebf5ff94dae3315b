// In what Prometheus 3.14 answers otherwise than an older one does. This engine answers as 3.14, so where the Prometheus
// that it is held against is older, these differences are right, and no others are.

import type { Features } from '../../features'

/**
 * `expr` and `difference` are patterns: of what is asked, and of what the comparison finds. With `isOfApi` it can be seen in
 * the answers of the HTTP API only.
 */
type Change = { since: string; what: string; expr?: RegExp; difference: RegExp; isOfApi?: true }

const newWords = [
  ['3.6', 'step'],
  ['3.7', 'first_over_time|ts_of_first_over_time'],
  ['3.10', 'fill'],
  ['3.11', 'histogram_quantiles'],
  ['3.12', 'range'],
  ['3.13', 'max_of|min_of'],
] as const

const changes: readonly Change[] = [
  ...newWords.map(([since, names]) => ({
    since,
    what: `${names} can be called`,
    difference: new RegExp(`unknown function with name "(${names})"`),
  })),
  {
    since: '3.6',
    what: 'NaN is refused as a parameter of topk and its kin',
    difference: /ours (the error |")?(Parameter|Ratio) value is NaN/,
  },
  {
    since: '3.6',
    what: 'durations have words, and a letter between them is no colon',
    expr: /\[.*[a-z]/,
    difference: /unexpected character|unexpected colon/,
  },
  {
    since: '3.7',
    what: 'remarks on histograms without a name speak of no name',
    expr: /histogram_quantile/,
    difference: /annotations [\s\S]* for metric name ""|infos: 2 elements, ours 1/,
  },
  {
    since: '3.7',
    what: 'anchored and smoothed are modifiers',
    expr: /anchored|smoothed/,
    difference: /unexpected identifier "(anchored|smoothed)/,
  },
  {
    since: '3.8',
    what: 'histogram_fraction knows where the first bucket begins',
    expr: /histogram_fraction/,
    difference: /NaN"?, ours/,
  },
  {
    since: '3.9',
    what: 'series that never meet are joined when their names are dropped',
    difference: /vector cannot contain metrics with the same labelset"?, ours/,
  },
  {
    since: '3.9',
    what: 'two elements have the same partner even where a filter drops them',
    difference: /ours .*many-to-one matching must be explicit/,
  },
  {
    since: '3.9',
    what: 'an empty ignoring() is printed where a group follows it',
    expr: /ignoring *\( *\) *group/,
    difference: /\.data: /,
    isOfApi: true,
  },
  {
    since: '3.12',
    what: 'parsed expressions have the durations that are computed',
    difference: /\.(range|offset|step)Expr: nothing, ours/,
    isOfApi: true,
  },
  {
    since: '3.13',
    what: 'statistics tell how many samples were read',
    difference: /\.samplesRead: nothing, ours/,
    isOfApi: true,
  },
  { since: '3.11', what: 'native histograms can be trimmed', expr: /<\/|>\//, difference: /unexpected <op:\/>/ },
  { since: '3.12', what: 'start and end can be called', expr: /(start|end)\(\)/, difference: /unexpected "\("/ },
  {
    since: '3.12',
    what: 'a warning says that a range is not sorted',
    expr: /sort/,
    difference: /sort is ineffective for range queries/,
  },
  {
    since: '3.14',
    what: 'mad_over_time is NaN where a sample is',
    expr: /mad_over_time/,
    difference: /ours "?NaN/,
  },
]

/** Keeps count of which changes explained something. */
export class Newer {
  readonly #used = new Set<Change>()

  /** `version` is that of the Prometheus that is compared with, such as 3.5.3. */
  constructor(private readonly version: string) {}

  /** What may be asked of both: a Prometheus that knows a flag has it on. */
  get features(): Features {
    return {
      experimentalFunctions: true,
      extendedRangeSelectors: !isBefore(this.version, '3.7'),
      fillModifiers: !isBefore(this.version, '3.10'),
    }
  }

  /** Whether the difference is one that a later Prometheus has brought. */
  explains(expr: string, difference: string): boolean {
    const change = this.expected.find((one) => (one.expr?.test(expr) ?? true) && one.difference.test(difference))
    if (change) this.#used.add(change)
    return change !== undefined
  }

  /** What was to be seen and was not: then the list is wrong, or too little was asked. */
  get unseen(): string[] {
    return this.expected
      .filter((one) => !one.isOfApi && !this.#used.has(one))
      .map(({ since, what }) => `${since}: ${what}`)
  }

  private get expected(): Change[] {
    return changes.filter(({ since }) => isBefore(this.version, since))
  }
}

/** Whether a version such as 3.5.3 comes before 3.14. */
function isBefore(version: string, other: string): boolean {
  const [a, b] = [version, other].map((text) => text.split(/[.+-]/).map(Number))
  for (const [i, part] of (b ?? []).entries()) if (a?.[i] !== part) return (a?.[i] ?? 0) < part
  return false
}
