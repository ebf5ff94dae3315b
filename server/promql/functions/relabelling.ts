// label_replace and label_join: other labels on the same values.
import type { RE2JS } from 're2js'
import { labelValue } from '../../storage/matcher'
import type { Call } from '../ast'
import { argument } from '../ast'
import { refuseEqual } from '../columns'
import type { Evaluated, Evaluation } from '../evaluation'
import { withLabel } from '../labels'
import { PromqlError } from '../promql-error'
import { anchoredRegexp } from './anchored-regexp'

export async function labelReplace(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  const [target, replacement, from, pattern] = [1, 2, 3, 4].map((i) => evaluation.string(argument(call, i)))
  if (target === undefined || replacement === undefined || from === undefined || pattern === undefined) {
    throw new Error('label_replace takes five arguments')
  }
  const regexp = compile(pattern, call)
  if (target === '') throw new PromqlError('invalid destination label name in label_replace(): ', call.from, call.to)
  const columns = await evaluation.vector(argument(call, 0))
  const relabelled = columns.map((column) => {
    const groups = matchGroups(regexp, labelValue(column.labels, from))
    return groups ? { ...column, labels: withLabel(column.labels, target, expand(replacement, groups)) } : column
  })
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

function compile(pattern: string, { from, to }: Call): RE2JS {
  try {
    return anchoredRegexp(pattern)
  } catch {
    throw new PromqlError(`invalid regular expression in label_replace(): ${pattern}`, from, to)
  }
}

/** What each group matched, by number and by name; undefined where the expression doesn't match. */
function matchGroups(regexp: RE2JS, value: string): Map<string, string> | undefined {
  const matcher = regexp.matcher(value)
  if (!matcher.find()) return undefined
  const groups = new Map<string, string>()
  for (let i = 0; i <= matcher.groupCount(); i++) groups.set(String(i), matcher.group(i) ?? '')
  for (const [name, i] of Object.entries(regexp.namedGroups())) groups.set(name, matcher.group(i) ?? '')
  return groups
}

/** Go's Regexp.Expand: $1, ${1}, $name, ${name}; names are as long as they can be; $$ is a dollar; unknown is empty. */
function expand(template: string, groups: Map<string, string>): string {
  return template.replace(/\$(?:(\$)|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu, (_, dollar, name, braced) =>
    dollar ? '$' : (groups.get(name ?? braced) ?? ''),
  )
}
