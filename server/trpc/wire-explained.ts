// An explained expression for the browser: the same tree, its numbers as WireValue.
import type { Explained, ExplainedNode, ExplainedSeries } from '../promql/explained'
import type { WireValue } from './wire-value'
import { toWire } from './wire-value'

/** `values` has one for each of the query's steps: null where the series has none. */
type WireSeries = Pick<ExplainedSeries, 'labels'> & { values: (WireValue | null)[] }
export type WireExplainedNode = Omit<ExplainedNode, 'children' | 'described'> & {
  /** How many series it has, which labels tell them apart, and the first of them. */
  described?: (Omit<NonNullable<ExplainedNode['described']>, 'shown'> & { shown: WireSeries[] }) | undefined
  children: WireExplainedNode[]
}
export type WireExplained = { root: WireExplainedNode; stepTimesMs: number[]; remarks: string[] }

export function wireExplained({ remarks, root, stepTimesMs }: Explained): WireExplained {
  return { root: wireNode(root), stepTimesMs: Array.from(stepTimesMs), remarks }
}

function wireNode({ children, described, ...node }: ExplainedNode): WireExplainedNode {
  const wire = { ...node, children: children.map(wireNode) }
  return described ? { ...wire, described: { ...described, shown: described.shown.map(wireSeries) } } : wire
}

function wireSeries({ labels, present, values }: ExplainedSeries): WireSeries {
  return { labels, values: Array.from(values, (value, step) => (present[step] === 1 ? toWire(value) : null)) }
}
