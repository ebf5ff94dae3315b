// From an explained expression to the rows of a tree: which are open, how much of the time each part took, and its values at
// a moment.
import type { WireExplained, WireExplainedNode } from '@/server/trpc/wire-explained'
import { nearestIndex } from '../_charts/time-frame'
import { fromWire } from '../_live/wire-value'
import { toSeriesName } from './shape'

export type ExplainRow = {
  /** Where it stands in the tree: `0.1` is the second part of the whole. */
  path: string
  /** From 1 on. */
  level: number
  place: number
  siblings: number
  hasParts: boolean
  isOpen: boolean
  node: WireExplainedNode
  /** Of the whole's time, from 0 to 1: the part alone, and with its parts. */
  ownShare: number
  totalShare: number
}

/** The rows that are seen, in the order of the tree: not the parts of what is closed, nor texts, of which there is nothing to tell. */
export function toRows(root: WireExplainedNode, closed: ReadonlySet<string>): ExplainRow[] {
  const wholeMs = root.totalMs ?? 0
  const shareOf = (ms: number | undefined) => (wholeMs > 0 ? Math.min(1, (ms ?? 0) / wholeMs) : 0)
  const rows: ExplainRow[] = []
  const add = (node: WireExplainedNode, path: string, level: number, place: number, siblings: number) => {
    const parts = [...node.children.entries()].filter(([, child]) => child.type !== 'string')
    const hasParts = parts.length > 0
    const isOpen = hasParts && !closed.has(path)
    const shares = { ownShare: shareOf(node.ownMs), totalShare: shareOf(node.totalMs) }
    rows.push({ path, level, place, siblings, hasParts, isOpen, node, ...shares })
    if (!isOpen) return
    for (const [at, [i, child]] of parts.entries()) add(child, `${path}.${i}`, level + 1, at + 1, parts.length)
  }
  add(root, '0', 1, 1, 1)
  return rows
}

/** The part of the same place in another tree of the same expression. */
export function nodeAt(root: WireExplainedNode, path: string): WireExplainedNode | undefined {
  const places = path.split('.').slice(1).map(Number)
  return places.reduce<WireExplainedNode | undefined>((node, place) => node?.children[place], root)
}

export type NodeValue = { key: string; name: string; value: number }

/**
 * What the first series of a part are at the step next to `timeMs`, named by the labels that tell the
 * series of `among` apart; those that are nothing there are left out.
 */
export function valuesAt(explained: WireExplained, node: WireExplainedNode, timeMs: number, among = node): NodeValue[] {
  const step = nearestIndex(explained.stepTimesMs, timeMs)
  const equal = new Set(among.described?.labels.filter(({ values }) => values === 1).map(({ name }) => name))
  return (node.described?.shown ?? []).flatMap(({ labels, values }) => {
    const value = values[step] ?? null
    const others = Object.fromEntries(Object.entries(labels).filter(([name]) => !equal.has(name)))
    return value === null
      ? []
      : [{ key: JSON.stringify(labels), name: toSeriesName('', others), value: fromWire(value) }]
  })
}

/** The first series of a part over the time, for a small curve. */
export function curveOf({ described }: WireExplainedNode): (number | null)[] {
  return (described?.shown[0]?.values ?? []).map((value) => {
    const number = value === null ? Number.NaN : fromWire(value)
    return Number.isFinite(number) ? number : null
  })
}

export type CodePiece = { text: string; kind: 'plain' | 'string' | 'number' | 'function' | 'keyword' | 'label' }

const PIECES =
  /(?<string>"(?:[^"\\]|\\.)*")|(?<keyword>\b(?:by|without|on|ignoring|group_left|group_right|and|or|unless|offset|bool|atan2)\b)|(?<function>[a-zA-Z_]\w*(?=\(| (?:by|without) \())|(?<label>[a-zA-Z_]\w*(?=\s*(?:=~|!~|!=|=(?!=))))|(?<number>(?<![\w:])(?:\d[\d.]*(?:e[+-]?\d+|\w*)|[+-]?Inf|NaN)\b)/g

/** Printed PromQL in pieces to be coloured: strings, words of the language, functions, label names and numbers. */
export function toPieces(text: string): CodePiece[] {
  const pieces: CodePiece[] = []
  let end = 0
  for (const { 0: found, groups = {}, index } of text.matchAll(PIECES)) {
    if (index > end) pieces.push({ text: text.slice(end, index), kind: 'plain' })
    const kind = KINDS.find((name) => groups[name] !== undefined) ?? 'plain'
    pieces.push({ text: found, kind })
    end = index + found.length
  }
  if (end < text.length) pieces.push({ text: text.slice(end), kind: 'plain' })
  return pieces
}

const KINDS = ['string', 'keyword', 'function', 'label', 'number'] as const
