// Expressions put together at random from a grammar, the same for the same seed. They avoid what Prometheus itself leaves
// open: which of equal values topk keeps, and the last digits of sums whose terms cancel out.
import type { Random } from './generated-series'
import { mulberry32 } from './generated-series'

const counters = ['requests_total', 'bytes_total', 'errors_total', 'latency_seconds_count', 'latency_seconds_sum']
const gauges = ['temperature_celsius', 'memory_bytes', 'up', 'flapping', 'sparse', 'left', 'right']
const matchers = [
  'instance="a:1"',
  'instance!="a:1"',
  'instance=~"a.*|c.*"',
  'route=~"/.*"',
  'status!~"4..|5.."',
  'n="2"',
]
const labels = ['instance', 'job', 'route', 'status', 'n', 'side', 'room', 'le']
const ranges = ['20s', '1m', '95s', '5m', '11m', '30m', '31.5']
const windowed = [
  ...['avg', 'min', 'max', 'sum', 'count', 'stddev', 'stdvar', 'last', 'present', 'mad'].map(
    (kind) => `${kind}_over_time`,
  ),
  ...['changes', 'resets', 'delta', 'idelta', 'deriv'],
]
const elementwise = ['abs', 'ceil', 'floor', 'round', 'sgn', 'sqrt', 'ln', 'exp', 'atan', 'hour', 'minute']

export function generatedExpressions(seed: number, count: number): string[] {
  const random = mulberry32(seed)
  return Array.from({ length: count }, () => vector(random, 3))
}

function vector(random: Random, depth: number): string {
  if (depth === 0) return chance(random, 0.5) ? selector(random, gauges) : overWindow(random, depth)
  const inner = () => vector(random, depth - 1)
  switch (Math.floor(random() * 12)) {
    case 0:
      return selector(random, [...gauges, ...counters])
    case 1:
    case 2:
      return overWindow(random, depth)
    case 3:
      return `${pick(random, elementwise)}(${inner()})`
    case 4:
      return `clamp(${inner()}, ${number(random)}, ${number(random)})`
    case 5:
    case 6:
      return `${pick(random, ['sum', 'avg', 'min', 'max', 'count', 'group', 'stddev', 'stdvar'])}${grouping(random)}(${inner()})`
    case 7:
      return `quantile${grouping(random)}(${pick(random, ['0', '0.3', '0.5', '0.95', '1'])}, ${inner()})`
    case 8:
      return `(${inner()} ${operator(random)} ${scalar(random)})`
    case 9:
      return `(${inner()} ${operator(random)}${matching(random)} ${inner()})`
    case 10:
      return `(${inner()} ${pick(random, ['and', 'or', 'unless'])}${chance(random, 0.5) ? ` on(${list(random)})` : ''} ${inner()})`
    default:
      return `-${inner()}`
  }
}

function overWindow(random: Random, depth: number): string {
  if (chance(random, 0.3))
    return `${pick(random, ['rate', 'increase', 'irate'])}(${selector(random, counters, range(random))})`
  if (chance(random, 0.2))
    return `quantile_over_time(${random().toFixed(2)}, ${selector(random, gauges, range(random))})`
  if (chance(random, 0.2)) return `predict_linear(${selector(random, gauges, range(random))}, ${number(random)})`
  const subquery = () =>
    `(${vector(random, depth - 1)})[${pick(random, ['1m', '3m'])}:${pick(random, ['13s', '30s', ''])}]${shift(random)}`
  const argument = depth > 0 && chance(random, 0.25) ? subquery() : selector(random, gauges, range(random))
  return `${pick(random, windowed)}(${argument})`
}

function selector(random: Random, names: string[], range = ''): string {
  const matcher = chance(random, 0.3) ? `{${pick(random, matchers)}}` : ''
  return `${pick(random, names)}${matcher}${range}${shift(random)}`
}

function range(random: Random): string {
  return `[${pick(random, ranges)}]`
}

function shift(random: Random): string {
  const offset = chance(random, 0.15) ? ` offset ${pick(random, ['30s', '-1m', '2m3s'])}` : ''
  const at = chance(random, 0.08) ? ` @ ${pick(random, ['start()', 'end()', '1700000900'])}` : ''
  return offset + at
}

function scalar(random: Random): string {
  if (chance(random, 0.7)) return number(random)
  return pick(random, ['scalar(first_half)', 'scalar(up{instance="a:1"})', 'pi()'])
}

function number(random: Random): string {
  return pick(random, ['0', '1', '-3', '0.5', '20', '1e3', '0x1F', '1m30s', 'Inf', 'NaN'])
}

function operator(random: Random): string {
  const comparison = ['==', '!=', '<', '<=', '>', '>='].map((sign) => sign + (chance(random, 0.3) ? ' bool' : ''))
  return pick(random, ['+', '-', '*', '/', '%', '^', 'atan2', ...comparison])
}

function matching(random: Random): string {
  if (chance(random, 0.3)) return ''
  const group = chance(random, 0.3)
    ? ` ${pick(random, ['group_left', 'group_right'])}${chance(random, 0.3) ? '(zone)' : ''}`
    : ''
  return ` ${pick(random, ['on', 'ignoring'])}(${list(random)})${group}`
}

function grouping(random: Random): string {
  return chance(random, 0.6) ? ` ${pick(random, ['by', 'without'])} (${list(random)}) ` : ''
}

function list(random: Random): string {
  return labels.filter(() => chance(random, 0.3)).join(', ')
}

function pick<T>(random: Random, choices: readonly T[]): T {
  const choice = choices[Math.floor(random() * choices.length)]
  if (choice === undefined) throw new Error('nothing to choose from')
  return choice
}

function chance(random: Random, probability: number): boolean {
  return random() < probability
}
