// Evaluates binary operators between scalars, between a vector and a scalar, and between vectors.
import type { BinaryExpr } from './ast'
import type { Column, Values } from './columns'
import { ColumnMaker, columnBytes, dropNames, isPresent } from './columns'
import type { Evaluated, Evaluation } from './evaluation'
import { columnsIn } from './flat-vector'
import type { PairFunction } from './matching'
import { matchingKey, pairVectors } from './matching'
import type { Operator } from './operators'
import { operators } from './operators'

export async function evaluateBinary(binary: BinaryExpr, evaluation: Evaluation): Promise<Evaluated> {
  const left = await evaluation.evaluate(binary.lhs)
  const right = await evaluation.evaluate(binary.rhs)
  const operator = operators[binary.op]
  if (left.type === 'string' || right.type === 'string') throw new Error('strings have no operators')
  const { budget } = evaluation
  const leftColumns = left.type === 'vector' ? await columnsIn(left, budget) : []
  const rightColumns = right.type === 'vector' ? await columnsIn(right, budget) : []
  if (operator.kind === 'set') {
    if (left.type !== 'vector' || right.type !== 'vector') throw new Error(`${binary.op} is for vectors`)
    const keyOf = matchingKey(binary.matching)
    return { type: 'vector', columns: await operator.combine(leftColumns, rightColumns, keyOf, budget) }
  }
  if (operator.kind === 'trim') return trim(binary, left, right, evaluation)
  const pair = pairFunction(operator, binary.bool)
  const isArithmetic = operator.kind === 'arithmetic'
  if (left.type === 'vector' && right.type === 'vector') {
    const columns = await pairVectors(binary, leftColumns, rightColumns, pair, isArithmetic, evaluation)
    return { type: 'vector', columns: binary.bool ? await dropNames(columns, budget) : columns }
  }
  if (left.type === 'scalar' && right.type === 'scalar') {
    budget.holdColumns(columnBytes(1, left.values.length))
    const values = left.values.map((value, step) => pair(value, right.values[step] ?? 0) ?? 0)
    return { type: 'scalar', values }
  }
  const isFilter = operator.kind === 'comparison' && !binary.bool
  const columns =
    right.type === 'scalar'
      ? await withScalar(leftColumns, right.values, pair, evaluation)
      : left.type === 'scalar'
        ? await withScalar(rightColumns, left.values, swapped(pair, isFilter), evaluation)
        : []
  return { type: 'vector', columns: isArithmetic || binary.bool ? await dropNames(columns, budget) : columns }
}

/** Native histograms are cut by it, and there are none: of floats nothing is left, which Prometheus remarks on. */
async function trim(binary: BinaryExpr, left: Evaluated, right: Evaluated, evaluation: Evaluation): Promise<Evaluated> {
  let hasPairs = false
  const pair = () => {
    hasPairs = true
    return undefined
  }
  const columnsOf = async (side: Evaluated) =>
    side.type === 'vector' ? await columnsIn(side, evaluation.budget) : undefined
  const [leftColumns, rightColumns] = [await columnsOf(left), await columnsOf(right)]
  if (leftColumns && rightColumns) await pairVectors(binary, leftColumns, rightColumns, pair, true, evaluation)
  else hasPairs = (leftColumns ?? rightColumns ?? []).length > 0
  const { op } = binary
  const message = `incompatible sample types encountered for binary operator "${op}": float ${op} float`
  if (hasPairs) evaluation.annotate('info', `PromQL info: ${message}`, binary)
  return { type: 'vector', columns: [] }
}

/** A comparison without `bool` keeps its left value where it holds. */
function pairFunction(operator: Extract<Operator, { kind: 'arithmetic' | 'comparison' }>, bool: boolean): PairFunction {
  if (operator.kind === 'arithmetic') return operator.apply
  const { holds } = operator
  if (bool) return (left, right) => (holds(left, right) ? 1 : 0)
  return (left, right) => (holds(left, right) ? left : undefined)
}

/** With the scalar on the left, the vector's value is still the one that a filter keeps. */
function swapped(pair: PairFunction, isFilter: boolean): PairFunction {
  if (!isFilter) return (value, scalar) => pair(scalar, value)
  return (value, scalar) => (pair(scalar, value) === undefined ? undefined : value)
}

async function withScalar(
  columns: readonly Column[],
  scalar: Values,
  pair: PairFunction,
  { budget, steps }: Evaluation,
) {
  const maker = new ColumnMaker(steps.count, budget)
  const results: Column[] = []
  for (const { labels, present, values } of columns) {
    if (budget.isDue) await budget.pause()
    const result = maker.next(labels)
    for (let step = 0; step < values.length; step++) {
      if (present[step] !== 1) continue
      const value = pair(values[step] ?? 0, scalar[step] ?? 0)
      if (value === undefined) continue
      result.values[step] = value
      result.present[step] = 1
    }
    if (isPresent(result)) results.push(result)
  }
  return results
}
