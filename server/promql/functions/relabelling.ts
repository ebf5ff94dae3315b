// label_replace and label_join: other labels on the same values.
import { labelValue } from '../../storage/matcher'
import { Regexp, RegexpLimitError } from '../../storage/regexp'
import type { Call } from '../ast'
import { argument, malformedText } from '../ast'
import type { Budget } from '../budget'
import type { Column } from '../columns'
import { mergeEqual } from '../columns'
import type { Evaluated, Evaluation } from '../evaluation'
import { LABELS_BYTES, withLabel } from '../labels'
import { PromqlError } from '../promql-error'

/** In characters. Longer ones are refused: so is what a regular expression has to read. */
const LONGEST_MADE_VALUE = 65_536
const BYTES_PER_CHARACTER = 2

export async function labelReplace(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  const [target, replacement, from, pattern] = [1, 2, 3, 4].map((i) => evaluation.string(argument(call, i)))
  if (target === undefined || replacement === undefined || from === undefined || pattern === undefined) {
    throw new Error('label_replace takes five arguments')
  }
  const regexp = compile(pattern, call)
  checkName(call, 1, 'destination', evaluation)
  const columns = await evaluation.vector(argument(call, 0))
  const template = readTemplate(replacement)
  return relabel(columns, target, evaluation.budget, ({ labels }) => {
    const groups = regexp.groupsOf(labelValue(labels, from))
    return groups && template.map((part) => (typeof part === 'string' ? part : (groups.get(part.group) ?? '')))
  })
}

export async function labelJoin(call: Call, evaluation: Evaluation): Promise<Evaluated> {
  const [target = '', separator = '', ...sources] = call.args.slice(1).map((arg) => evaluation.string(arg))
  for (const [i] of sources.entries()) checkName(call, 3 + i, 'source', evaluation)
  checkName(call, 1, 'destination', evaluation)
  const columns = await evaluation.vector(argument(call, 0))
  return relabel(columns, target, evaluation.budget, ({ labels }) =>
    sources.flatMap((source, i) => [i === 0 ? '' : separator, labelValue(labels, source)]),
  )
}

/** Throws PromqlError where a label is to be called by nothing, or by bytes that are no UTF-8. */
function checkName(call: Call, i: number, what: 'source' | 'destination', evaluation: Evaluation): void {
  const name = evaluation.string(argument(call, i))
  if (name !== '' && malformedText(argument(call, i)) === undefined) return
  throw new PromqlError(`invalid ${what} label name in ${call.name}(): ${name}`, call.from, call.to)
}

/** The columns with the label `target` made of the texts that `partsOf` gives, or as they were where it gives none. */
async function relabel(
  columns: readonly Column[],
  target: string,
  budget: Budget,
  partsOf: (column: Column) => string[] | undefined,
): Promise<Evaluated> {
  const relabelled: Column[] = []
  for (const column of columns) {
    if (budget.isDue) await budget.pause()
    const parts = partsOf(column)
    if (parts) relabelled.push({ ...column, labels: withLabel(column.labels, target, join(parts, budget)) })
    else relabelled.push(column)
  }
  return { type: 'vector', columns: await mergeEqual(relabelled, budget) }
}

/** Each level of a nested call may make a text many times longer, so its length is known before it is made. */
function join(parts: readonly string[], budget: Budget): string {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  if (length > LONGEST_MADE_VALUE) {
    const message = `expected label values of at most ${LONGEST_MADE_VALUE} characters, got one of ${length}`
    throw new PromqlError(message, 0, 0)
  }
  // The text itself, and once more in the key by which label sets are compared.
  budget.hold(LABELS_BYTES + 2 * BYTES_PER_CHARACTER * length)
  return parts.join('')
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

/** A text as it is, or what a group has matched. */
type TemplatePart = string | { group: string }

/** Go's Regexp.Expand: $1, ${1}, $name, ${name}; names are as long as they can be; $$ is a dollar. */
function readTemplate(template: string): TemplatePart[] {
  const parts: TemplatePart[] = []
  let end = 0
  for (const { 0: whole, 1: dollar, 2: name, 3: braced, index } of template.matchAll(GROUP)) {
    parts.push(template.slice(end, index), dollar ? '$' : { group: name ?? braced ?? '' })
    end = index + whole.length
  }
  return [...parts, template.slice(end)]
}

const GROUP = /\$(?:(\$)|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu
