// An expression as text, in Prometheus's one way of writing it (promql/parser/printer.go).
import { formatDuration } from '../../duration'
import type { Matcher } from '../../storage/series'
import type {
  AggregateExpr,
  BinaryExpr,
  DurationExpr,
  Expr,
  SubqueryExpr,
  TimeShift,
  VectorMatching,
  VectorSelector,
} from '../ast'
import { formatPlain } from '../go-float'
import { quoteText } from '../go-quote'
import { compareText, nameLabel } from '../labels'
import { typeOf } from '../parse/check'

const plainLabel = /^[a-zA-Z_]\w*$/
const plainMetric = /^[a-zA-Z_:][\w:]*$/

const texts = new WeakMap<Expr, string>()

/** On one line. Parsing it gives the same expression again. */
export function formatExpr(expr: Expr): string {
  const known = texts.get(expr)
  if (known !== undefined) return known
  const text = format(expr)
  texts.set(expr, text)
  return text
}

function format(expr: Expr): string {
  switch (expr.kind) {
    case 'number':
      return expr.isDuration ? formatSigned(expr.value * 1000) : formatPlain(expr.value)
    case 'string':
      return expr.malformed ?? quoteText(expr.value)
    case 'paren':
      return `(${formatExpr(expr.expr)})`
    case 'unary':
      return `${expr.op}${formatExpr(expr.expr)}`
    case 'vectorSelector':
      return `${formatSelector(expr)}${formatEdges(expr)}${formatShift(expr)}`
    case 'matrixSelector': {
      const { rangeExpr, rangeNs, selector } = expr
      const range = rangeExpr ? formatDurationExpr(rangeExpr) : formatNs(rangeNs)
      return `${formatSelector(selector)}[${range}]${formatEdges(selector)}${formatShift(selector)}`
    }
    case 'subquery':
      return `${formatExpr(expr.expr)}${formatSubquery(expr)}`
    case 'call':
      return `${expr.name}(${expr.args.map(formatExpr).join(', ')})`
    case 'aggregate':
      return `${formatAggregation(expr)}(${expr.param ? `${formatExpr(expr.param)}, ` : ''}${formatExpr(expr.expr)})`
    case 'binary':
      return `${formatExpr(expr.lhs)} ${formatOperator(expr)} ${formatExpr(expr.rhs)}`
  }
}

/** The operator of an aggregation with its labels. */
export function formatAggregation({ grouping, op }: AggregateExpr): string {
  const labels = grouping.labels.map((label) => (plainMetric.test(label) ? label : quoteText(label))).join(', ')
  if (grouping.without) return `${op} without (${labels}) `
  return grouping.labels.length > 0 ? `${op} by (${labels}) ` : op
}

/** A binary operator with its modifiers. Prometheus doesn't quote labels here. */
export function formatOperator({ bool, lhs, matching, op, rhs }: BinaryExpr): string {
  const operator = bool ? `${op} bool` : op
  const { card, include, labels, on } = matching
  const areVectors = typeOf(lhs) === 'vector' && typeOf(rhs) === 'vector'
  if (!areVectors) return operator
  const isPlain = labels.length === 0 && !on && card === 'one-to-one'
  const matched = isPlain ? operator : `${operator} ${on ? 'on' : 'ignoring'} (${labels.join(', ')})`
  const grouped =
    card === 'one-to-one'
      ? matched
      : `${matched} group_${card === 'many-to-one' ? 'left' : 'right'} (${include.join(', ')})`
  return grouped + formatFill(matching.fill)
}

/** As of Prometheus 3.13 two equal values are written as one. */
function formatFill({ left, right }: NonNullable<VectorMatching['fill']> = {}): string {
  const said = (word: string, value: number | undefined) =>
    value === undefined ? '' : ` ${word}(${formatPlain(value)})`
  if (left !== undefined && Object.is(left, right)) return said('fill', left)
  return said('fill_left', left) + said('fill_right', right)
}

/** What makes an expression a subquery. */
export function formatSubquery(subquery: SubqueryExpr): string {
  const { rangeExpr, rangeNs, stepExpr, stepMs } = subquery
  const range = rangeExpr ? formatDurationExpr(rangeExpr) : formatNs(rangeNs)
  const step = stepExpr ? formatDurationExpr(stepExpr) : stepMs === undefined ? '' : formatDuration(stepMs)
  return `[${range}:${step}]${formatShift(subquery)}`
}

/** A duration as it is computed. */
function formatDurationExpr(expr: DurationExpr): string {
  const text = formatUnwrapped(expr)
  return expr.isWrapped ? `(${text})` : text
}

function formatUnwrapped(expr: DurationExpr): string {
  switch (expr.kind) {
    case 'seconds':
      return expr.isDuration ? formatSigned(expr.value * 1000) : formatPlain(expr.value)
    case 'query':
      return `${expr.of}()`
    case 'sign':
      return `${expr.op}${formatDurationExpr(expr.operand)}`
    case 'extreme':
      return `${expr.of}(${formatDurationExpr(expr.first)}, ${formatDurationExpr(expr.second)})`
    case 'arithmetic':
      return `${formatDurationExpr(expr.left)} ${expr.op} ${formatDurationExpr(expr.right)}`
  }
}

function formatEdges({ edges }: VectorSelector): string {
  return edges === undefined ? '' : ` ${edges}`
}

function formatSelector({ matchers, name }: VectorSelector): string {
  const others = matchers.filter((one) => !(name !== '' && isName(one, name)))
  if (others.length === 0) return name
  return `${name}{${others.map(formatMatcher).sort(compareText).join(',')}}`
}

function isName({ name, op, value }: Matcher, metric: string): boolean {
  return name === nameLabel && op === '=' && value === metric
}

function formatMatcher({ name, op, value }: Matcher): string {
  return `${plainLabel.test(name) ? name : quoteText(name)}${op}${quoteText(value)}`
}

function formatShift({ at, offsetExpr, offsetMs }: TimeShift): string {
  const when = at === undefined ? '' : ` @ ${typeof at === 'number' ? (at / 1000).toFixed(3) : `${at}()`}`
  if (offsetExpr) return `${when} offset ${formatDurationExpr(offsetExpr)}`
  return offsetMs === 0 ? when : `${when} offset ${formatSigned(offsetMs)}`
}

function formatSigned(ms: number): string {
  return `${ms < 0 ? '-' : ''}${formatDuration(Math.round(Math.abs(ms)))}`
}

function formatNs(ns: number): string {
  return formatDuration(Math.trunc(ns / 1e6))
}
