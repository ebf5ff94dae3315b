// The variables of a query that a reader types: those of time, with the meaning that they have on a board and in Grafana. All
// else that begins with a dollar is left alone, such as the end of a regular expression.
import type { Variables } from '../_boards/substitute'
import { substitute } from '../_boards/substitute'

export const TIME_VARIABLES = ['$__rate_interval', '$__interval', '$__range', '$__minute', '$__two_ranges'] as const

const VARIABLE = new RegExp(TIME_VARIABLES.map((name) => `\\${name}\\b`).join('|'), 'g')

export type FilledQuery = {
  /** What is asked. */
  expr: string
  /** Where an offset into it lies in what was typed; the end of a variable's value lies behind its name. */
  toTyped(offset: number): number
}

export function fillQuery(typed: string, variables: Variables): FilledQuery {
  const shifts: { from: number; to: number; typedTo: number }[] = []
  let grown = 0
  const expr = typed.replace(VARIABLE, (name, typedFrom: number) => {
    const value = substitute(name, variables)
    const from = typedFrom + grown
    grown += value.length - name.length
    shifts.push({ from, to: from + value.length, typedTo: typedFrom + name.length })
    return value
  })
  function toTyped(offset: number): number {
    const last = shifts.findLast(({ from }) => from < offset)
    if (last === undefined) return offset
    return offset < last.to ? last.typedTo : last.typedTo + offset - last.to
  }
  return { expr, toTyped }
}

/**
 * The same text with a duration of the same length where a variable stands, for a parser that knows no variables: all places
 * in it are those of what was typed.
 */
export function maskVariables(typed: string): string {
  return typed.replace(VARIABLE, (name) => '1s'.padStart(name.length, '0'))
}
