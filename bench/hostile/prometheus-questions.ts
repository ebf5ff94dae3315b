// Hostile questions to the HTTP API of a Prometheus, by kind.
import type { Random } from '../../server/promql/differential/generated-series'
import { between, pick, times, upTo, word } from './draw'
import type { ExprKind } from './expressions'
import { EXPR_KINDS, EXPRESSIONS } from './expressions'
import { alternations, repetitions } from './patterns'
import type { Draft, Fields, MakeQuestion, Moment } from './question'
import { ask, form, range } from './question'

/** What much has to be read, made or written for. */
const HEAVY: readonly ExprKind[] = [
  'window over everything',
  'everything as it is',
  'join of everything',
  'sorting of everything',
  'nested subqueries',
  'nested strings over everything',
  'alternation in a matcher',
]
const OF_SELECTORS: readonly ExprKind[] = [
  'or of many',
  'many selectors',
  'many matchers',
  'everything as it is',
  'alternation in a matcher',
]

const PARAMETERS = ['time', 'start', 'end', 'step', 'limit', 'timeout', 'lookback_delta', 'stats']
/** What a parameter may be that is no usual number, time or duration. */
const ODD = ['', '0', '-1', '1e3', 'NaN', 'abc', '1ms', '1.5s', '0x10', ' 1', '1 ', '٣', '1_000', '1h1h', '100y', '-5m']
const ODD_TIMES = ['1970-01-01T00:00:00Z', '2015-07-01T20:10:51.781Z', '9999-12-31T23:59:60Z', '2015-13-01T00:00:00Z']
const OVERFLOWING = ['1e400', '9223372036854775808', '1e18', '-1e18', '300y', 'Inf', '-Inf', '1e-7', '0.0001']

/** As Go reads forms, and Prometheus with it. */
const LONGEST_BODY = 10 * 1024 * 1024

const ODD_LABELS = ['U__', 'a\u0000b', '😀', '-', 'U__'.repeat(500), 'a'.repeat(5000), 'le']
const OVERVIEWS = [
  'status/tsdb',
  'status/runtimeinfo',
  'status/buildinfo',
  'targets',
  'rules',
  'alerts',
  'scrape_pools',
]
const NO_ENDPOINTS = ['', 'nothing', '..%2f..%2f..', 'admin/tsdb/snapshot', 'write', 'read', 'query/'.repeat(500)]

export const PROMETHEUS_KINDS: Record<string, MakeQuestion> = {
  ...Object.fromEntries(
    EXPR_KINDS.map((kind): [string, MakeQuestion] => [
      kind,
      (random, moment) => query(random, moment, EXPRESSIONS[kind](random)),
    ]),
  ),

  'range of many steps': (random, moment) => {
    const kind = pick(random, [...HEAVY, 'aggregation of everything', 'nested label_join'] as const)
    const steps = range(moment, upTo(random, 1_000, 11_000), pick(random, [0.001, 0.05, 1, 60]))
    return ask('query_range', [['query', EXPRESSIONS[kind](random)], ...steps])
  },
  'range of too many steps': (random, moment) =>
    ask('query_range', [['query', 'up'], ...range(moment, upTo(random, 11_001, 1e9), 1)]),
  'odd parameters': (random, moment) =>
    ask(pick(random, ['query', 'query_range', 'series']), [
      [pick(random, ['time', 'start', 'end']), pick(random, ODD_TIMES)],
      ...times(between(random, 1, 3), (): [string, string] => [pick(random, PARAMETERS), pick(random, ODD)]),
      ['match[]', 'up'],
      ['query', pick(random, ['up', 'rate(requests_total[1m])'])],
      ...range(moment, 100, 1),
    ]),
  'overflowing parameters': (random, moment) => ({
    ...ask(pick(random, ['query', 'query_range']), [
      [pick(random, PARAMETERS), pick(random, OVERFLOWING)],
      ['query', pick(random, ['up', 'rate(requests_total[1m])'])],
      ...range(moment, 100, 1),
    ]),
    // Documented as different: docs/http-api.md.
    isComparable: false,
  }),

  'series by many selectors': (random) => ask('series', selectors(random, upTo(random, 100, 4000))),
  'labels by many selectors': (random) => ask('labels', selectors(random, upTo(random, 100, 4000))),
  'label values by many selectors': (random) =>
    ask(
      `label/${pick(random, ['route', '__name__', 'le', 'nothing'])}/values`,
      selectors(random, upTo(random, 10, 200)),
    ),
  'series by patterns': (random) => ask(pick(random, ['series', 'labels']), patternSelectors(random)),
  'all series': (random, moment) =>
    ask(pick(random, ['series', 'labels', 'label/route/values']), [
      ['match[]', '{__name__=~".+"}'],
      ...pick(random, [[], span(random, moment)]),
      ...pick<Fields>(random, [[], [['limit', `${upTo(random, 1, 1e6)}`]]]),
    ]),
  'values of odd labels': (random) => ask(`label/${encodeURIComponent(pick(random, ODD_LABELS))}/values`, []),

  'format_query and parse_query': (random) =>
    ask(pick(random, ['format_query', 'parse_query']), [['query', EXPRESSIONS[pick(random, EXPR_KINDS)](random)]]),
  query_exemplars: (random, moment) =>
    ask('query_exemplars', [['query', EXPRESSIONS[pick(random, OF_SELECTORS)](random)], ...span(random, moment)]),
  'metadata and targets/metadata': (random) => {
    const pattern = `{job=~"${'(a|b)*'.repeat(upTo(random, 1, 500))}"}`
    return ask(pick(random, ['metadata', 'targets/metadata']), [
      ['match_target', pick(random, ['', '{job=~".+"}', pattern, '{', '{a!=""}'])],
      ['metric', pick(random, ['', 'up', 'requests_total', word(random, upTo(random, 1, 3000))])],
      ['limit', pick(random, ['', '0', '1', '-1', '1e3', '100000'])],
    ])
  },
  'status and targets': (random) => ({
    ...ask(pick(random, OVERVIEWS), pick<Fields>(random, [[], [['limit', '10000']]])),
    clients: upTo(random, 1, 20),
  }),
  'no endpoint': (random) => ({ ...ask(pick(random, NO_ENDPOINTS), []), isComparable: false }),

  'form of many fields': (random) => {
    const fields = times(upTo(random, 1000, 300_000), (i) => `${pick(random, ['query', 'a', `f${i}`])}=${i}`)
    return form('query', `${fields.join('&')}&query=up`)
  },
  'form of escapes': (random) => {
    const escapes = pick(random, ['%20', '%75%70', '+', '%ff', '%', '%zz'])
    const body = escapes.repeat(upTo(random, 1000, LONGEST_BODY / 7))
    return form(pick(random, ['query', 'series', 'query_range']), `${pick(random, ['query', 'match[]', 'x'])}=${body}`)
  },
  'form beyond the limit': (random) => {
    const length = upTo(random, LONGEST_BODY, 3 * LONGEST_BODY)
    return form(pick(random, ['query', 'labels']), `query=${pick(random, ['%41', 'xxx', '&a='])}`.padEnd(length, '%41'))
  },
  'form of another type': (random) => {
    const boundary = word(random)
    const names = ['query', 'a', 'match[]']
    const part = () => `--${boundary}\r\ncontent-disposition: form-data; name="${pick(random, names)}"\r\n\r\nup\r\n`
    const end = pick(random, [`--${boundary}--\r\n`, ''])
    const types = [`multipart/form-data; boundary=${boundary}`, 'multipart/form-data', 'text/plain', 'application/json']
    const headers = { 'content-type': pick(random, types) }
    const body = times(upTo(random, 1, 50_000), part).join('') + end
    return { ...form('query', body), headers, isComparable: false }
  },
  'body that comes slowly': (random) => ({
    ...form('query', new URLSearchParams({ query: EXPRESSIONS[pick(random, EXPR_KINDS)](random) }).toString()),
    manner: 'trickle',
    patienceMs: between(random, 200, 3_000),
  }),
  'half a body': (random) => ({
    ...form('query', `query=${'up%20'.repeat(upTo(random, 10, 1e6))}`),
    manner: 'break off',
    patienceMs: between(random, 0, 2_000),
    clients: upTo(random, 1, 30),
  }),

  'client that leaves': (random, moment) => ({
    ...query(random, moment, EXPRESSIONS[pick(random, HEAVY)](random)),
    manner: 'leave',
    patienceMs: upTo(random, 1, 500),
    clients: upTo(random, 1, 30),
  }),
  'client that reads nothing': (random, moment) => ({
    ...pick(random, [
      query(random, moment, EXPRESSIONS['everything as it is'](random)),
      ask('series', [['match[]', '{__name__=~".+"}']]),
    ]),
    manner: 'ignore',
    patienceMs: between(random, 100, 3_000),
    clients: upTo(random, 1, 20),
  }),
  'the same at once': (random, moment) => ({
    ...query(random, moment, EXPRESSIONS[pick(random, HEAVY)](random)),
    clients: between(random, 5, 40),
  }),
}

/** At an instant or over a range, now and then with a limit, a timeout or a lookback of its own. */
function query(random: Random, moment: Moment, expr: string): Draft {
  const extras: Fields = [
    ...pick<Fields>(random, [[], [], [], [['limit', `${upTo(random, 1, 1e5)}`]]]),
    ...pick<Fields>(random, [[], [], [], [['timeout', pick(random, ['1s', '5s', '1m'])]]]),
    ...pick<Fields>(random, [[], [], [], [['lookback_delta', pick(random, ['1s', '1h', '1y'])]]]),
    ...pick<Fields>(random, [[], [], [], [['stats', 'all']]]),
  ]
  if (random() < 0.6) return ask('query', [['query', expr], ...extras])
  const steps = range(moment, upTo(random, 1, 1_000), pick(random, [0.1, 1, 5, 60, 86_400]))
  return ask('query_range', [['query', expr], ...steps, ...extras])
}

/** A `start` and an `end`. */
function span(random: Random, moment: Moment): Fields {
  return range(moment, 1, upTo(random, 1, 1e6)).slice(0, 2)
}

function selectors(random: Random, count: number): Fields {
  return times(count, (i): [string, string] => {
    const one = [
      `{__name__=~".+", route!="${i}"}`,
      `{__name__=~".*${word(random, 2)}.*"}`,
      '{__name__=~".+"}',
      `requests_total{route=~".*shelf-${i}/.*"}`,
      `latency_seconds_bucket{le="${i}"}`,
      `m${i}`,
    ]
    return ['match[]', pick(random, one)]
  })
}

function patternSelectors(random: Random): Fields {
  return times(between(random, 1, 20), (): [string, string] => {
    const pattern = JSON.stringify(pick(random, [...alternations, ...repetitions])(random))
    return ['match[]', `{__name__=~".+", route${pick(random, ['=~', '!~'])}${pattern}}`]
  })
}
