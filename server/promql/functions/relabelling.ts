// label_replace and label_join: other labels on the same values.
import { labelValue } from '../../storage/matcher'
import { Regexp, RegexpLimitError } from '../../storage/regexp'
import type { Call } from '../ast'
import { argument } from '../ast'
import type { Column } from '../columns'
import { refuseEqual } from '../columns'
import type { Evaluated, Evaluation } from '../evaluation'
import { withLabel } from '../labels'
import { PromqlError } from '../promql-error'

export async function labelReplace(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  const [target, replacement, from, pattern] = [1, 2, 3, 4].map((i) => evaluation.string(argument(call, i)))
  if (target === undefined || replacement === undefined || from === undefined || pattern === undefined) {
    throw new Error('label_replace takes five arguments')
  }
  const regexp = compile(pattern, call)
  if (target === '') throw new PromqlError('invalid destination label name in label_replace(): ', call.from, call.to)
  const columns = await evaluation.vector(argument(call, 0))
  const relabelled: Column[] = []
  for (const column of columns) {
    if (evaluation.budget.isDue) await evaluation.budget.pause()
    const groups = regexp.groupsOf(labelValue(column.labels, from))
    relabelled.push(
      groups ? { ...column, labels: withLabel(column.labels, target, expand(replacement, groups)) } : column,
    )
  }
  return { type: 'vector', columns: refuseEqual(relabelled) }
}

export async function labelJoin(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  const [target = '', separator = '', ...sources] = call.args.slice(1).map((arg) => evaluation.string(arg))
  if (sources.includes('')) throw new PromqlError('invalid source label name in label_join(): ', call.from, call.to)
  if (target === '') throw new PromqlError('invalid destination label name in label_join(): ', call.from, call.to)
  const columns = await evaluation.vector(argument(call, 0))
  const relabelled = columns.map((column) => {
    const joined = sources.map((source) => labelValue(column.labels, source)).join(separator)
    return { ...column, labels: withLabel(column.labels, target, joined) }
  })
  return { type: 'vector', columns: refuseEqual(relabelled) }
}

/** Anchored at both ends, and the dot is any character. */
function compile(pattern: string, { from, to }: Call): Regexp {
  try {
    return new Regexp(`^(?s:${pattern})$`)
  } catch (error) {
    const refusal = 'invalid regular expression in label_replace()'
    if (error instanceof RegexpLimitError) throw new PromqlError(`${refusal}: ${error.message}`, from, to)
    throw new PromqlError(`${refusal}: ${pattern}`, from, to)
  }
}

/** Go's Regexp.Expand: $1, ${1}, $name, ${name}; names are as long as they can be; $$ is a dollar; unknown is empty. */
function expand(template: string, groups: Map<string, string>): string {
  return template.replace(/\$(?:(\$)|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu, (_, dollar, name, braced) =>
    dollar ? '$' : (groups.get(name ?? braced) ?? ''),
  )
}
