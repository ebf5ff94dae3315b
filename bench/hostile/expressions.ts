// Hostile PromQL by kind: little to write, and much to do or to hold. All but those of `broken` are good PromQL.
import type { Random } from '../../server/promql/differential/generated-series'
import { between, pick, times, upTo, word } from './draw'
import { alternations, repetitions, wrong } from './patterns'

/** Of the app whose series the target has: app-series.ts. */
const METRICS = ['requests_total', 'latency_seconds_bucket', 'latency_seconds_count', 'latency_seconds_sum']
const LABELS = ['route', 'method', 'status', 'le', 'shard', 'instance', 'job']
const EVERYTHING = ['{__name__=~".+"}', '{__name__!=""}', '{job!=""}', '{instance=~".+"}', '{__name__=~".*_.*"}']
const SERIES_OF_EVERYTHING = 18_000
/** Characters that nested functions make of one, all series together. */
const LONGEST_STRINGS = 5e8

const RANGES = ['10s', '1m', '5m', '1h', '1d', '1y', '100y']
const AGGREGATIONS = ['sum', 'avg', 'min', 'max', 'count', 'group', 'stddev', 'stdvar']
const OVER_TIME = ['count', 'sum', 'avg', 'min', 'max', 'last', 'present', 'stddev', 'stdvar', 'mad'].map(
  (kind) => `${kind}_over_time`,
)
const WINDOWED = [...OVER_TIME, 'changes', 'resets', 'delta', 'deriv', 'rate', 'increase', 'irate']
const SHIFTS = [' offset 100y', ' offset -100y', ' @ 0', ' @ 1e10', ' @ start()', ' @ end()', ' offset 1ms']

type MakeExpr = (random: Random) => string

const few: MakeExpr = (random) => pick(random, ['up', 'vector(1)', 'up{job="shop"}', 'sum(requests_total)'])
const many: MakeExpr = (random) => pick(random, METRICS)
const everything: MakeExpr = (random) => pick(random, EVERYTHING)
const someOf = (random: Random, labels: readonly string[]) => labels.filter(() => random() < 0.4).join(', ')
const grouping: MakeExpr = (random) =>
  pick(random, ['', ` ${pick(random, ['by', 'without'])} (${someOf(random, LABELS)}) `])
/** Functions that drop the name refuse what differs only in its name, so most are asked of one metric, the largest. */
const overWindow: MakeExpr = (random) => {
  const largest = `latency_seconds_bucket[${pick(random, RANGES)}]`
  return pick(random, [
    `${pick(random, WINDOWED)}(${largest})`,
    `quantile_over_time(${random().toFixed(2)}, ${largest})`,
    `last_over_time(${everything(random)}[${pick(random, RANGES)}])`,
    `${pick(random, WINDOWED)}(${everything(random)}[${pick(random, RANGES)}])`,
  ])
}
const labelList = (random: Random, most: number) => times(upTo(random, 100, most), (i) => `l${i}`).join(', ')

/** Each is at most some 60,000 characters long, but for those that are meant to be too long. */
export const EXPRESSIONS = {
  'nested label_join': (random) => nestedStrings(random, few(random), ['label_join']),
  'nested label_replace': (random) => nestedStrings(random, few(random), ['label_replace']),
  'nested strings and aggregations': (random) =>
    nestedStrings(random, pick(random, [few, many])(random), ['label_join', 'label_replace', 'aggregate']),
  'nested strings over everything': (random) =>
    nestedStrings(random, everything(random), ['label_join', 'label_replace'], SERIES_OF_EVERYTHING),
  count_values: (random) => {
    const of = pick(random, [everything, overWindow])(random)
    return `count_values${grouping(random)}("${pick(random, ['v', 'le', 'a'])}", ${of})`
  },

  'alternation in a matcher': (random) => withPattern(random, pick(random, alternations)(random)),
  'repetition in a matcher': (random) => withPattern(random, pick(random, repetitions)(random)),
  'pattern in label_replace': (random) => {
    const pattern = quoted(`(${pick(random, [...alternations, ...repetitions])(random)})`)
    return `label_replace(${pick(random, [many, everything])(random)}, "a", "$1", "${pick(random, LABELS)}", ${pattern})`
  },
  'many matchers': (random) => `{__name__=~".+", ${times(upTo(random, 10, 2000), () => matcher(random)).join(', ')}}`,
  'many selectors': (random) =>
    times(upTo(random, 10, 450), () => `count(${many(random)}{${matcher(random)}})`).join(' or '),

  'join of many to one': (random) => {
    const one = `max by (${someOf(random, LABELS)}) (${many(random)})`
    const label = pick(random, LABELS)
    return `${many(random)} * on (${label}) group_left (${pick(random, ['', 'a', 'method'])}) ${one}`
  },
  'join of everything': (random) => {
    const operator = pick(random, ['+', '/', '==', '> bool', '^'])
    const labels = ['__name__', ...LABELS].filter(() => random() < 0.7).join(', ')
    const group = pick(random, ['', 'group_left ()', 'group_right ()'])
    return pick(random, [
      `${everything(random)} ${operator} ignoring () ${everything(random)}`,
      `latency_seconds_bucket ${operator} ignoring (le) group_left () ${pick(random, ['requests_total', 'latency_seconds_sum'])}`,
      `${everything(random)} ${operator} ${pick(random, ['on', 'ignoring'])} (${labels}) ${group} ${everything(random)}`,
    ])
  },
  'set operators over everything': (random) => {
    const operator = pick(random, ['or', 'and', 'unless', 'and on ()', 'or on (route)', 'unless ignoring (le)'])
    return times(between(random, 2, 12), () => everything(random)).join(` ${operator} `)
  },
  'or of many': (random) =>
    times(upTo(random, 20, 1300), (i) =>
      pick(random, ['up', `vector(${i})`, `label_replace(up, "a", "${i}", "", "")`]),
    ).join(' or '),

  'aggregation of everything': (random) =>
    `${pick(random, AGGREGATIONS)}${grouping(random)}(${pick(random, [everything, overWindow])(random)})`,
  'ranking of everything': (random) => {
    const of = pick(random, [everything, overWindow])(random)
    return pick(random, [
      `${pick(random, ['topk', 'bottomk', 'limitk'])}${grouping(random)}(${pick(random, ['1', '10000', '1e18'])}, ${of})`,
      `limit_ratio${grouping(random)}(${pick(random, ['0.5', '-0.9', '1'])}, ${of})`,
      `quantile${grouping(random)}(${pick(random, ['0.5', 'NaN', '-1', '2', '0.999'])}, ${of})`,
    ])
  },
  'sorting of everything': (random) => {
    const labels = times(upTo(random, 1, 500), () => `"${pick(random, LABELS)}"`).join(', ')
    return pick(random, [
      `${pick(random, ['sort', 'sort_desc'])}(${pick(random, [everything, overWindow])(random)})`,
      `${pick(random, ['sort_by_label', 'sort_by_label_desc'])}(${everything(random)}, ${labels})`,
    ])
  },
  'window over everything': overWindow,
  'everything as it is': (random) =>
    `${everything(random)}${pick(random, ['', `[${pick(random, RANGES)}]`])}${pick(random, ['', ' offset 5s'])}`,
  absent: (random) => {
    const labels = times(upTo(random, 1, 1500), (i) => `l${i}="${word(random)}"`).join(',')
    return pick(random, [
      `absent(${many(random)})`,
      `absent_over_time(nothing{${labels}}[${pick(random, RANGES)}])`,
      `absent_over_time(${everything(random)}[${pick(random, RANGES)}])`,
    ])
  },
  histogram_quantile: (random) =>
    pick(random, [
      `histogram_quantile(${pick(random, ['0.9', 'NaN', '-1', '7'])}, ${everything(random)})`,
      `histogram_quantile(0.99, rate(latency_seconds_bucket[${pick(random, RANGES)}]))`,
      `histogram_quantile(scalar(up), sum${grouping(random)}(${everything(random)}))`,
      `histogram_quantile(0.5, label_replace(${everything(random)}, "le", "$1", "route", ".*?([0-9]+).*"))`,
    ]),

  'nested subqueries': (random) => {
    const innermost = pick(random, [
      'vector(time())',
      'vector(1)',
      'up',
      'rate(requests_total[1m])',
      everything(random),
    ])
    return wrapped(innermost, between(random, 1, 5), (inner) => {
      const range = `${pick(random, ['10s', '1m', '10m', '1h', '1d'])}:${pick(random, ['', '1s', '100ms', '10s'])}`
      return `${pick(random, OVER_TIME)}((${inner})[${range}])`
    })
  },
  'subquery of tiny steps': (random) => {
    const range = `${pick(random, ['1m', '5m', '1h', '1d', '10y'])}:${pick(random, ['1ms', '7ms', '50ms', '1s'])}`
    return `${pick(random, OVER_TIME)}((${pick(random, [few, many])(random)})[${range}])`
  },
  'far from now': (random) =>
    `${pick(random, WINDOWED)}(${many(random)}[${pick(random, RANGES)}]${pick(random, SHIFTS)})`,

  'long sum': (random) =>
    times(upTo(random, 100, 16_000), () => pick(random, ['1', 'up', '2e3'])).join(pick(random, ['+', '-', '*', '^'])),
  'deep nesting': (random) => deep(random, upTo(random, 10, 480)),
  'nesting beyond any limit': (random) => deep(random, upTo(random, 600, 8_000)),
  'long lists': (random) =>
    pick(random, [
      `sum by (${labelList(random, 8000)}) (${everything(random)})`,
      `up + on (instance, ${labelList(random, 8000)}) group_left (a) up`,
      `label_join(${many(random)}, "a", "--", ${times(upTo(random, 100, 6000), () => `"${pick(random, LABELS)}"`).join(', ')})`,
      `${many(random)} * on (job) group_left (${labelList(random, 8000)}) up`,
    ]),
  'long strings': (random) =>
    pick(random, [
      `"${'x'.repeat(upTo(random, 1000, 65_000))}"`,
      `label_replace(${everything(random)}, "a", "${'$1x'.repeat(upTo(random, 100, 20_000))}", "route", "(.*)")`,
      `label_replace(${many(random)}, "a", "${'y'.repeat(upTo(random, 1000, 60_000))}", "", "")`,
      `up{route="${'\\u00e4'.repeat(upTo(random, 100, 10_000))}"}`,
    ]),
  'spaces and comments': (random) =>
    `${pick(random, [' ', '\n', '\t', '# x\n', '# "\n']).repeat(upTo(random, 100, 13_000))}up`,
  'longer than is allowed': (random) => {
    const length = upTo(random, 66_000, 2_000_000)
    return pick(random, [`"${'x'.repeat(length)}"`, `1${'+1'.repeat(length / 2)}`, `up${' '.repeat(length)}`])
  },

  broken: (random) => pick(random, [withPattern(random, pick(random, wrong)(random)), misspelt(random)]),
} satisfies Record<string, MakeExpr>

export type ExprKind = keyof typeof EXPRESSIONS
export const EXPR_KINDS = Object.keys(EXPRESSIONS) as ExprKind[]

type Level = 'label_join' | 'label_replace' | 'aggregate'

/** Up to nine levels, each of which makes a label of `inner` several times as long. */
function nestedStrings(random: Random, inner: string, kinds: readonly Level[], series = 1): string {
  const levels = between(random, 2, 9)
  const fan = Math.max(2, Math.min(5000, Math.round((upTo(random, 1e3, LONGEST_STRINGS) / series) ** (1 / levels))))
  return wrapped(`label_replace(${inner}, "a", "x", "", "")`, levels, (expr) => {
    const kind = pick(random, kinds)
    if (kind === 'label_join') return `label_join(${expr}, "a", "", ${Array(fan).fill('"a"').join(', ')})`
    if (kind === 'label_replace') return `label_replace(${expr}, "a", "${'$1'.repeat(fan)}", "a", "(.*)")`
    const aggregation = pick(random, ['sum by (a)', 'max without (le)', 'topk by (a)', 'count_values by (a)'])
    if (aggregation === 'topk by (a)') return `${aggregation} (5, ${expr})`
    return aggregation === 'count_values by (a)' ? `${aggregation} ("b", ${expr})` : `${aggregation} (${expr})`
  })
}

function withPattern(random: Random, pattern: string): string {
  const sign = pick(random, ['=~', '!~'])
  const { name, label } = pick(random, [
    { name: '__name__=~".+"', label: pick(random, LABELS) },
    { name: `__name__="${pick(random, METRICS)}"`, label: 'route' },
    { name: 'job!=""', label: '__name__' },
  ])
  const selector = `{${name}, ${label}${sign}${quoted(pattern)}}`
  return pick(random, [selector, `count(${selector})`, `sum(rate(${selector}[1m]))`, `sum by (route) (${selector})`])
}

/** Does not rule out much. */
function matcher(random: Random): string {
  const label = pick(random, LABELS)
  return pick(random, [
    `${label}!="${word(random)}"`,
    `${label}!~"${word(random)}.*"`,
    `${label}=~".*|${word(random)}"`,
    `${label}!~".+${word(random, 3)}|x"`,
  ])
}

function deep(random: Random, levels: number): string {
  const wrap = pick(random, [
    (inner: string) => `(${inner})`,
    (inner: string) => `-${inner}`,
    (inner: string) => `-(${inner})`,
    (inner: string) => `abs(${inner})`,
    (inner: string) => `sum(${inner})`,
    (inner: string) => `1+(${inner})`,
  ])
  return wrapped('up', Math.min(levels, 60_000), wrap)
}

function wrapped(innermost: string, levels: number, wrap: (inner: string) => string): string {
  let expr = innermost
  for (let level = 0; level < levels; level++) expr = wrap(expr)
  return expr
}

/** Something good of another kind with a few characters changed. */
function misspelt(random: Random): string {
  const kinds = EXPR_KINDS.filter((kind) => kind !== 'broken')
  const characters = [...EXPRESSIONS[pick(random, kinds)](random).slice(0, 20_000)]
  const signs = ['(', ')', '{', '}', '[', ']', '"', "'", '`', ',', '=~', '@', '\\', '\u0000', '\ud800', '😀', ':', ' ']
  for (let change = between(random, 1, 6); change > 0; change--) {
    characters.splice(between(random, 0, characters.length), between(random, 0, 2), pick(random, signs))
  }
  return characters.join('')
}

/** As a string of PromQL. */
function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
