// The type of each expression, and the errors of expressions whose parts don't fit. Prometheus's checkAST.
import { compileMatcher } from '../../storage/matcher'
import type { AggregateExpr, BinaryExpr, Call, Expr, ValueType, VectorSelector } from '../ast'
import { functions } from '../functions'
import { quoteText } from '../go-quote'
import { nameLabel } from '../labels'
import { operators } from '../operators'
import { parseError } from '../promql-error'

const documented: Record<ValueType, string> = {
  scalar: 'scalar',
  vector: 'instant vector',
  matrix: 'range vector',
  string: 'string',
}

export function typeOf(expr: Expr): ValueType {
  switch (expr.kind) {
    case 'number':
      return 'scalar'
    case 'string':
      return 'string'
    case 'paren':
    case 'unary':
      return typeOf(expr.expr)
    case 'matrixSelector':
    case 'subquery':
      return 'matrix'
    case 'vectorSelector':
    case 'aggregate':
      return 'vector'
    case 'call':
      return functions.get(expr.name)?.returns ?? 'vector'
    case 'binary':
      return typeOf(expr.lhs) === 'scalar' && typeOf(expr.rhs) === 'scalar' ? 'scalar' : 'vector'
  }
}

/** The type as Prometheus calls it in its documentation and messages. */
export function documentedType(expr: Expr): string {
  return documented[typeOf(expr)]
}

/** Throws PromqlError for the first part of `expr` that has the wrong type, number of arguments or modifiers. */
export function checkTypes(expr: Expr, text: string): void {
  new TypeChecker(text).check(expr)
}

class TypeChecker {
  constructor(private readonly text: string) {}

  check(expr: Expr): ValueType {
    switch (expr.kind) {
      case 'paren':
        this.check(expr.expr)
        break
      case 'unary': {
        const type = this.check(expr.expr)
        if (type !== 'scalar' && type !== 'vector') {
          const allowed = 'unary expression only allowed on expressions of type scalar or instant vector'
          throw this.refuse(expr, `${allowed}, got ${quoteText(documented[type])}`)
        }
        break
      }
      case 'subquery': {
        const type = this.check(expr.expr)
        if (type !== 'vector')
          throw this.refuse(expr, `subquery is only allowed on instant vector, got ${type} instead`)
        break
      }
      case 'matrixSelector':
        this.check(expr.selector)
        break
      case 'vectorSelector':
        this.selector(expr)
        break
      case 'call':
        this.call(expr)
        break
      case 'aggregate':
        this.aggregate(expr)
        break
      case 'binary':
        this.binary(expr)
        break
    }
    return typeOf(expr)
  }

  private selector(selector: VectorSelector): void {
    const inBraces = selector.name === '' ? [] : selector.matchers.slice(0, -1)
    const second = inBraces.find(({ name }) => name === nameLabel)
    if (second) {
      const names = `${quoteText(selector.name)} or ${quoteText(second.value)}`
      throw this.refuse(selector, `metric name must not be set twice: ${names}`)
    }
    const isBounded = selector.matchers.some((matcher) => !compileMatcher(matcher).accepts(''))
    if (!isBounded) throw this.refuse(selector, 'vector selector must contain at least one non-empty matcher')
  }

  private aggregate({ op, param, expr }: AggregateExpr): void {
    this.expect(expr, 'vector', 'aggregation expression')
    if (param) this.expect(param, op === 'count_values' ? 'string' : 'scalar', 'aggregation parameter')
  }

  private call(call: Call): void {
    const spec = functions.get(call.name)
    if (!spec) throw this.refuse(call, `unknown function with name ${quoteText(call.name)}`)
    const { args, variadic } = spec
    const least = variadic === 0 ? args.length : args.length - 1
    const most = variadic < 0 ? Number.POSITIVE_INFINITY : least + variadic
    const got = call.args.length
    const inCall = `argument(s) in call to ${quoteText(call.name)}, got ${got}`
    if (variadic === 0 && got !== least) throw this.refuse(call, `expected ${least} ${inCall}`)
    if (got < least) throw this.refuse(call, `expected at least ${least} ${inCall}`)
    if (got > most) throw this.refuse(call, `expected at most ${most} ${inCall}`)
    if (call.name === 'info') this.infoSelector(call)
    for (const [i, arg] of call.args.entries()) {
      if (call.name === 'info' && i === 1) continue
      this.expect(arg, args[Math.min(i, args.length - 1)] ?? 'vector', `call to function ${quoteText(call.name)}`)
    }
  }

  /** The second argument of info is made of matchers only, and they may let everything pass. */
  private infoSelector({ args: [, selector] }: Call): void {
    if (!selector) return
    if (selector.kind !== 'vectorSelector') throw this.refuse(selector, 'expected label selectors only')
    if (selector.name === '') return
    throw this.refuse(selector, 'expected label selectors only, got vector selector instead')
  }

  private binary(binary: BinaryExpr): void {
    const { bool, lhs, matching, op, rhs } = binary
    const left = this.check(lhs)
    const right = this.check(rhs)
    const operator = this.operatorSpan(binary)
    const { kind } = operators[op]
    const isSet = kind === 'set'
    const isComparison = kind === 'comparison'
    if (bool && !isComparison) throw this.refuse(operator, 'bool modifier can only be used on comparison operators')
    if (isComparison && !bool && left === 'scalar' && right === 'scalar') {
      throw this.refuse(operator, 'comparisons between scalars must use BOOL modifier')
    }
    const both = matching.on ? matching.labels.find((label) => matching.include.includes(label)) : undefined
    if (both !== undefined) {
      throw this.refuse(operator, `label ${quoteText(both)} must not occur in ON and GROUP clause at once`)
    }
    for (const [side, type] of [[lhs, left] as const, [rhs, right] as const]) {
      if (type === 'scalar' || type === 'vector') continue
      throw this.refuse(side, 'binary expression must contain only scalar and instant vector types')
    }
    if (kind === 'trim' && left === 'scalar' && right === 'scalar') {
      throw this.refuse(binary, `operator ${quoteText(op)} not allowed in binary scalar expression`)
    }
    const areVectors = left === 'vector' && right === 'vector'
    if (!areVectors && matching.labels.length > 0) {
      throw this.refuse(binary, 'vector matching only allowed between instant vectors')
    }
    if (areVectors && isSet && matching.card !== 'one-to-one') {
      throw this.refuse(binary, `no grouping allowed for ${quoteText(op)} operation`)
    }
    if (areVectors && isSet && matching.fill) {
      throw this.refuse(binary, 'filling in missing series not allowed for set operators')
    }
    if (!areVectors && matching.fill) {
      throw this.refuse(binary, 'filling in missing series only allowed between instant vectors')
    }
    if (isSet && !areVectors) {
      throw this.refuse(binary, `set operator ${quoteText(op)} not allowed in binary scalar expression`)
    }
  }

  /** Where the operator and its modifiers stand. */
  private operatorSpan({ lhs, rhs }: BinaryExpr): { from: number; to: number } {
    const between = this.text.slice(lhs.to, rhs.from)
    return { from: lhs.to + (between.length - between.trimStart().length), to: lhs.to + between.trimEnd().length }
  }

  private expect(expr: Expr, wanted: ValueType, context: string): void {
    const type = this.check(expr)
    if (type === wanted) return
    throw this.refuse(expr, `expected type ${documented[wanted]} in ${context}, got ${documented[type]}`)
  }

  private refuse({ from, to }: { from: number; to: number }, message: string) {
    return parseError(this.text, message, from, to)
  }
}
