// The variables of a board: what their values are, or how they are asked.
import type { Json } from './json'
import { at, isObject, listOf, objectsOf, own, said, textOf } from './json'
import type { BoardVariable, Option, OptionQuery } from './model'
import { LONGEST_EXPR, LONGEST_NAME, MOST_OPTIONS, MOST_VARIABLES } from './model'

export const ALL = '$__all'

type Read = { variables: BoardVariable[]; undrawn: string[] }

export function readVariables(board: Json): Read {
  const list = objectsOf(at(board, 'templating', 'list'))
  const undrawn: string[] = []
  const inputs = objectsOf(own(board, '__inputs')).flatMap((input): BoardVariable[] => {
    if (input.type !== 'constant') return []
    return [listed(textOf(own(input, 'name'), LONGEST_NAME), [textOf(own(input, 'value'), LONGEST_EXPR)], true)]
  })
  const variables = list.slice(0, MOST_VARIABLES).flatMap((one): BoardVariable[] => {
    const name = textOf(own(one, 'name'), LONGEST_NAME)
    const read = readVariable(one, name)
    if (typeof read !== 'string') return [read]
    undrawn.push(`the variable ${name}: ${read}`)
    return []
  })
  if (list.length > MOST_VARIABLES) undrawn.push(`${list.length - MOST_VARIABLES} more variables`)
  return { variables: [...inputs, ...variables], undrawn }
}

/** Why it isn't one, in words. */
function readVariable(one: Json, name: string): BoardVariable | string {
  const { query } = one
  const isHidden = own(one, 'hide') === 2 || own(one, 'hide') === 'hideVariable'
  const base = {
    name,
    label: textOf(own(one, 'label'), LONGEST_NAME) || name,
    isHidden,
    isMulti: own(one, 'multi') === true,
    hasAll: own(one, 'includeAll') === true,
    allValue: textOf(own(one, 'allValue'), LONGEST_EXPR) || undefined,
    current: currentOf(own(one, 'current')),
  }
  const text = textOf(query, LONGEST_EXPR)
  switch (own(one, 'type')) {
    case 'query': {
      const source = at(one, 'datasource', 'type')
      if (typeof source === 'string' && source !== 'prometheus') return `its data source is ${source.slice(0, 60)}`
      const asked = readOptionQuery(isObject(query) ? textOf(own(query, 'query'), LONGEST_EXPR) : text)
      if (asked === undefined)
        return `its query is none of label_values, label_names, metrics, query_result and a selector: ${text.slice(0, 100)}`
      const { sort } = one
      return {
        ...base,
        options: {
          kind: 'asked',
          query: asked,
          regex: textOf(own(one, 'regex'), LONGEST_EXPR),
          sort: typeof sort === 'number' ? sort : 0,
        },
      }
    }
    case 'custom':
      return { ...base, options: { kind: 'listed', list: listOfTexts(text) } }
    case 'interval':
      return { ...base, isMulti: false, hasAll: false, options: { kind: 'listed', list: intervalsOf(one, text) } }
    case 'constant':
      return { ...base, ...listed(name, [text], true), label: base.label, current: [text] }
    case 'textbox':
      return { ...base, current: base.current.length > 0 ? base.current : [text], options: { kind: 'typed' } }
    case 'datasource':
      if (text !== 'prometheus') return `it chooses a data source of ${text.slice(0, 60) || 'no kind'}`
      return listed(name, ['Hearth'], true)
    default:
      return `variables of the type ${textOf(own(one, 'type'), 60) || said(own(one, 'type'))} are not drawn`
  }
}

function listed(name: string, values: readonly string[], isHidden = false): BoardVariable {
  const list = values.map((value) => ({ value, text: value }))
  const none = { isMulti: false, hasAll: false, allValue: undefined }
  return { name, label: name, isHidden, ...none, current: values, options: { kind: 'listed', list } }
}

function currentOf(current: unknown): string[] {
  const value = at(current, 'value')
  const all = listOf(Array.isArray(value) ? value : [value])
  return all.filter((one): one is string => typeof one === 'string').slice(0, MOST_OPTIONS)
}

/** `a, b, name : value`; a comma in a value has a backslash before it. */
function listOfTexts(text: string): Option[] {
  const parts = text.match(/(?:\\,|[^,])+/g) ?? []
  return parts.slice(0, MOST_OPTIONS).map((part) => {
    const plain = part.replace(/\\,/g, ',').trim()
    const [, shown, value] = /^(.+?)\s+:\s+(.+)$/s.exec(plain) ?? []
    return { value: value ?? plain, text: shown ?? plain }
  })
}

function intervalsOf(one: Json, text: string): Option[] {
  const auto = own(one, 'auto') === true ? [{ value: '$__auto', text: 'auto' }] : []
  return [...auto, ...listOfTexts(text)]
}

/** As Grafana's data source of Prometheus reads it: a selector alone asks for its series. Undefined for all else. */
export function readOptionQuery(text: string): OptionQuery | undefined {
  const query = text.trim()
  const values = /^label_values\(\s*(?:([\s\S]+),\s*)?([a-zA-Z_$][\w${}:]*)\s*\)$/.exec(query)
  if (values !== null) return { kind: 'labelValues', match: values[1]?.trim() || undefined, label: values[2] ?? '' }
  if (/^label_names\(.*\)$/s.test(query)) return { kind: 'labelNames' }
  const metrics = /^metrics\(\s*(.*?)\s*\)$/s.exec(query)
  if (metrics !== null) return { kind: 'metrics', regex: metrics[1] ?? '' }
  const result = /^query_result\(([\s\S]+)\)$/.exec(query)
  if (result !== null) return { kind: 'queryResult', expr: result[1]?.trim() ?? '' }
  return /^[\w:$]+(?:\{.*\})?$/s.test(query) ? { kind: 'series', match: query } : undefined
}
