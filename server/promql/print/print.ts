// An expression as text, in Prometheus's one way of writing it (promql/parser/printer.go).
import { formatDuration } from '../../duration'
import type { Matcher } from '../../storage/series'
import type { AggregateExpr, BinaryExpr, Expr, SubqueryExpr, TimeShift, VectorSelector } from '../ast'
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
      return quoteText(expr.value)
    case 'paren':
      return `(${formatExpr(expr.expr)})`
    case 'unary':
      return `${expr.op}${formatExpr(expr.expr)}`
    case 'vectorSelector':
      return `${formatSelector(expr)}${formatShift(expr)}`
    case 'matrixSelector':
      return `${formatSelector(expr.selector)}[${formatNs(expr.rangeNs)}]${formatShift(expr.selector)}`
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
  if (!areVectors || (labels.length === 0 && !on)) return operator
  const matched = `${operator} ${on ? 'on' : 'ignoring'} (${labels.join(', ')})`
  if (card === 'one-to-one') return matched
  return `${matched} group_${card === 'many-to-one' ? 'left' : 'right'} (${include.join(', ')})`
}

/** What makes an expression a subquery. */
export function formatSubquery(subquery: SubqueryExpr): string {
  const { rangeNs, stepMs } = subquery
  return `[${formatNs(rangeNs)}:${stepMs === undefined ? '' : formatDuration(stepMs)}]${formatShift(subquery)}`
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

function formatShift({ at, offsetMs }: TimeShift): string {
  const when = at === undefined ? '' : ` @ ${typeof at === 'number' ? (at / 1000).toFixed(3) : `${at}()`}`
  return offsetMs === 0 ? when : `${when} offset ${formatSigned(offsetMs)}`
}

function formatSigned(ms: number): string {
  return `${ms < 0 ? '-' : ''}${formatDuration(Math.round(Math.abs(ms)))}`
}

function formatNs(ns: number): string {
  return formatDuration(Math.trunc(ns / 1e6))
}
