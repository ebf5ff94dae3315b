// The table of binary operators: what each does with a pair of values, or, for set operators, of vectors.
import type { BinaryOp } from './ast'
import { goPow } from './go-math/exponential'
import { goAtan2 } from './go-math/trigonometric'
import { intersect, subtract, unite } from './set-operators'

export type Operator =
  | { kind: 'arithmetic'; apply(left: number, right: number): number }
  | { kind: 'comparison'; holds(left: number, right: number): boolean }
  | { kind: 'set'; combine: typeof intersect }
  | { kind: 'trim' }

const arithmetic = (apply: (left: number, right: number) => number): Operator => ({ kind: 'arithmetic', apply })
const comparison = (holds: (left: number, right: number) => boolean): Operator => ({ kind: 'comparison', holds })
const set = (combine: typeof intersect): Operator => ({ kind: 'set', combine })

export const operators: Readonly<Record<BinaryOp, Operator>> = {
  '+': arithmetic((left, right) => left + right),
  '-': arithmetic((left, right) => left - right),
  '*': arithmetic((left, right) => left * right),
  '/': arithmetic((left, right) => left / right),
  '%': arithmetic((left, right) => left % right),
  '^': arithmetic(goPow),
  atan2: arithmetic(goAtan2),
  '==': comparison((left, right) => left === right),
  '!=': comparison((left, right) => left !== right),
  '<=': comparison((left, right) => left <= right),
  '<': comparison((left, right) => left < right),
  '>=': comparison((left, right) => left >= right),
  '>': comparison((left, right) => left > right),
  and: set(intersect),
  or: set(unite),
  unless: set(subtract),
  '</': { kind: 'trim' },
  '>/': { kind: 'trim' },
}
