// Durations that are expressions, computed for one query: the result is the expression with numbers in their place.
import type { DurationExpr, Expr, MatrixSelector, VectorSelector } from './ast'
import { childrenOf } from './ast'
import { goPow } from './go-math/exponential'
import { LONGEST_DURATION_SECONDS } from './parse/parse-duration'
import { PromqlError } from './promql-error'

/** What durations may ask for: both are 0 for an instant query. */
export type QueryTimes = { stepMs: number; rangeMs: number }

/** Whether any duration in it has to be computed. */
export function hasDurationExprs(expr: Expr): boolean {
  const isOne =
    (expr.kind === 'vectorSelector' && expr.offsetExpr !== undefined) ||
    (expr.kind === 'matrixSelector' && expr.rangeExpr !== undefined) ||
    (expr.kind === 'subquery' && [expr.rangeExpr, expr.stepExpr, expr.offsetExpr].some((one) => one !== undefined))
  return isOne || childrenOf(expr).some(hasDurationExprs)
}

/**
 * A copy of `expr` for a query with these times. Throws PromqlError for a duration that is none: not a number, infinite,
 * too long, or, where a range or a resolution is wanted, not above 0. `text` is what `expr` was read from.
 */
export function resolveDurations(expr: Expr, text: string, times: QueryTimes): Expr {
  return new Resolver(text, times).resolve(expr)
}

class Resolver {
  constructor(
    private readonly text: string,
    private readonly times: QueryTimes,
  ) {}

  resolve(expr: Expr): Expr {
    switch (expr.kind) {
      case 'number':
      case 'string':
        return expr
      case 'vectorSelector':
        return this.selector(expr)
      case 'matrixSelector':
        return this.matrix(expr)
      case 'subquery': {
        const { rangeExpr, stepExpr } = expr
        const offsetMs = this.offset(expr)
        // Less than a millisecond is no resolution at all, and so the one where none is named.
        const stepMs = stepExpr ? this.positiveMs(stepExpr) || undefined : expr.stepMs
        const rangeNs = rangeExpr ? this.positiveMs(rangeExpr) * 1e6 : expr.rangeNs
        return { ...expr, expr: this.resolve(expr.expr), rangeNs, stepMs, offsetMs }
      }
      case 'paren':
      case 'unary':
        return { ...expr, expr: this.resolve(expr.expr) }
      case 'call':
        return { ...expr, args: expr.args.map((arg) => this.resolve(arg)) }
      case 'aggregate':
        return { ...expr, param: expr.param && this.resolve(expr.param), expr: this.resolve(expr.expr) }
      case 'binary':
        return { ...expr, lhs: this.resolve(expr.lhs), rhs: this.resolve(expr.rhs) }
    }
  }

  private selector(selector: VectorSelector): VectorSelector {
    return { ...selector, offsetMs: this.offset(selector) }
  }

  private matrix(matrix: MatrixSelector): MatrixSelector {
    const { rangeExpr } = matrix
    const rangeNs = rangeExpr ? this.positiveMs(rangeExpr) * 1e6 : matrix.rangeNs
    return { ...matrix, selector: this.selector(matrix.selector), rangeNs }
  }

  private offset({ offsetExpr, offsetMs }: { offsetExpr?: DurationExpr | undefined; offsetMs: number }): number {
    return offsetExpr ? this.ms(offsetExpr) : offsetMs
  }

  /** Cut to whole milliseconds, so that it may be 0. */
  private positiveMs(expr: DurationExpr): number {
    const seconds = this.seconds(expr)
    if (seconds <= 0) throw this.refuse(expr, 'duration must be greater than 0')
    return this.inRange(expr, seconds)
  }

  private ms(expr: DurationExpr): number {
    return this.inRange(expr, this.seconds(expr))
  }

  private inRange(expr: DurationExpr, seconds: number): number {
    if (!(Math.abs(seconds) < LONGEST_DURATION_SECONDS)) throw this.refuse(expr, 'duration is out of range')
    return Math.trunc(seconds * 1000)
  }

  private seconds(expr: DurationExpr): number {
    switch (expr.kind) {
      case 'seconds':
        return expr.value
      case 'query':
        return (expr.of === 'step' ? this.times.stepMs : this.times.rangeMs) / 1000
      case 'sign':
        return expr.op === '-' ? -this.seconds(expr.operand) : this.seconds(expr.operand)
      case 'extreme': {
        const [first, second] = [this.seconds(expr.first), this.seconds(expr.second)]
        return expr.of === 'min_of' ? Math.min(first, second) : Math.max(first, second)
      }
      case 'arithmetic':
        return this.arithmetic(expr)
    }
  }

  private arithmetic(expr: Extract<DurationExpr, { kind: 'arithmetic' }>): number {
    const [left, right] = [this.seconds(expr.left), this.seconds(expr.right)]
    switch (expr.op) {
      case '+':
        return left + right
      case '-':
        return left - right
      case '*':
        return left * right
      case '/':
        if (right === 0) throw this.refuse(expr, 'division by zero')
        return left / right
      case '%':
        if (right === 0) throw this.refuse(expr, 'modulo by zero')
        return left % right
      case '^':
        return goPow(left, right)
    }
  }

  /** In Prometheus's words: these places are bytes, from 0, from the first to behind the last. */
  private refuse({ from, to }: { from: number; to: number }, message: string): PromqlError {
    const [start, end] = [from, to].map((offset) => Buffer.byteLength(this.text.slice(0, offset)))
    return new PromqlError(`${start}:${end}: ${message}`, from, to, 'parse')
  }
}
