// What PromQL's functions take: beside the cursor while it stands in their brackets, and over their names; and what a metric
// is, over its name.
import { syntaxTree } from '@codemirror/language'
import type { EditorState, Extension } from '@codemirror/state'
import { StateField } from '@codemirror/state'
import type { Tooltip } from '@codemirror/view'
import { hoverTooltip, showTooltip } from '@codemirror/view'
import type { SyntaxNode } from '@lezer/common'
import {
  aggregateOpTerms,
  functionIdentifierTerms,
} from '@prometheus-io/codemirror-promql/dist/esm/complete/promql.terms'
import { getFunction } from '@prometheus-io/codemirror-promql/dist/esm/types/function'

/** `parameters` in their order, those in brackets optional. */
type Signature = { name: string; parameters: string[]; returns: string }

/** What is known of a metric: its type and its help. */
export type Described = { type: string; help: string }

export type Describe = (metric: string) => Promise<Described | undefined>

export function functionHints(metricOf: Describe): Extension {
  const field = StateField.define<Tooltip | null>({
    create: tooltipAt,
    update: (tooltip, { docChanged, selection, state }) => (docChanged || selection ? tooltipAt(state) : tooltip),
    provide: (from) => showTooltip.from(from),
  })
  const hover = hoverTooltip(async ({ state }, pos) => {
    const node = syntaxTree(state).resolveInner(pos, 0)
    const { from, to } = node
    const name = state.sliceDoc(from, to)
    const signature = signatureOf(node, state)
    if (signature !== undefined && from !== to) {
      const info = INFOS.get(name.toLowerCase()) ?? ''
      return { pos: from, end: to, above: true, create: () => ({ dom: toHint(toParts(signature, -1), info) }) }
    }
    const described = node.name === 'Identifier' ? await metricOf(name) : undefined
    if (described === undefined) return null
    const { type, help } = described
    return { pos: from, end: to, above: true, create: () => ({ dom: toHint([`${name} `, `(${type})`], help) }) }
  })
  return [field, hover]
}

const INFOS = new Map([...functionIdentifierTerms, ...aggregateOpTerms].map(({ label, info }) => [label, info]))

const TYPES: Readonly<Record<string, string>> = { vector: 'instant vector', matrix: 'range vector' }
const toTypeWords = (type: string) => TYPES[type] ?? type

/** What those aggregations take that want more than a vector. */
const PARAMETERS: Readonly<Record<string, string>> = {
  topk: 'scalar',
  bottomk: 'scalar',
  limitk: 'scalar',
  limit_ratio: 'scalar',
  quantile: 'scalar',
  count_values: 'string',
}

/** Of a function's or an aggregation's name. */
function signatureOf(node: SyntaxNode, state: EditorState): Signature | undefined {
  const name = state.sliceDoc(node.from, node.to).toLowerCase()
  if (node.parent?.name === 'FunctionIdentifier') {
    const { argTypes, returnType, variadic } = getFunction(node.type.id)
    const words = argTypes.map(toTypeWords)
    // So many of the last ones may be left out; -1: and there may be more.
    const required = words.length - Math.abs(variadic)
    const parameters = words.map((type, i) => (i < required ? type : `[${type}]`))
    return { name, parameters: variadic < 0 ? [...parameters, '…'] : parameters, returns: toTypeWords(returnType) }
  }
  if (node.parent?.name !== 'AggregateOp') return undefined
  const parameter = PARAMETERS[name]
  const parameters = parameter === undefined ? ['instant vector'] : [parameter, 'instant vector']
  return { name, parameters, returns: 'instant vector' }
}

function tooltipAt(state: EditorState): Tooltip | null {
  const { empty, head } = state.selection.main
  if (!empty) return null
  for (let node: SyntaxNode | null = syntaxTree(state).resolveInner(head, -1); node !== null; node = node.parent) {
    if (node.name !== 'FunctionCallBody' || head <= node.from) continue
    const isOver = head >= node.to && state.sliceDoc(node.to - 1, node.to) === ')'
    const called = node.prevSibling
    const name = called?.name === 'AggregateModifier' ? called.prevSibling : called
    const signature = isOver || !name?.firstChild ? undefined : signatureOf(name.firstChild, state)
    if (signature === undefined) continue
    const before = node.getChildren('Expr').filter(({ to }) => to < head)
    const commas = state.sliceDoc(before.at(-1)?.to ?? node.from, head).includes(',')
      ? before.length
      : before.length - 1
    const parts = toParts(signature, Math.max(0, before.length === 0 ? 0 : commas))
    return { pos: node.from, above: true, create: () => ({ dom: toHint(parts, '') }) }
  }
  return null
}

/** The second of them is the one that stands out: the parameter of that place, or the whole. */
function toParts({ name, parameters, returns }: Signature, place: number): string[] {
  const chosen = parameters[Math.min(place, parameters.length - 1)]
  if (place < 0 || chosen === undefined) return [`${name}(${parameters.join(', ')}): ${returns}`]
  const at = Math.min(place, parameters.length - 1)
  const before = parameters.slice(0, at).map((parameter) => `${parameter}, `)
  const after = parameters.slice(at + 1).map((parameter) => `, ${parameter}`)
  return [`${name}(${before.join('')}`, chosen, `${after.join('')}): ${returns}`]
}

function toHint([before = '', chosen = '', after = '']: string[], info: string): HTMLElement {
  const hint = document.createElement('div')
  hint.className = 'hint'
  const code = document.createElement('code')
  const strong = document.createElement('strong')
  strong.textContent = chosen
  code.append(before, strong, after)
  hint.append(code)
  if (info !== '') hint.append(Object.assign(document.createElement('p'), { textContent: info }))
  return hint
}
