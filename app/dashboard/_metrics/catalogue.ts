// The list of metrics: those that the reader looks for, under the first word of their names.
import type { FamilySummary } from '@/server/trpc/families'
import { isOfRuntime } from '../_boards/family-panels'
import type { MetricsView } from '../_state/metrics-view'

export type CatalogueRow = { kind: 'group'; prefix: string; count: number } | { kind: 'family'; family: FamilySummary }

export type Wanted = Pick<MetricsView, 'search' | 'type' | 'label'>

/** Every word of the search is in the name or in the help, whatever its case. */
export function isWanted({ name, help, type, labels }: FamilySummary, wanted: Wanted): boolean {
  if (wanted.type !== undefined && wanted.type !== type) return false
  if (wanted.label !== undefined && !labels.some((label) => label.name === wanted.label)) return false
  const text = `${name} ${help}`.toLowerCase()
  return wanted.search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/**
 * Each group under a row of its own, by the alphabet: first what the program is about, then metrics that share their first word
 * with no other, and what the runtime says of itself last.
 */
export function toCatalogue(families: readonly FamilySummary[], wanted: Wanted): CatalogueRow[] {
  const groups = new Map<string, FamilySummary[]>()
  for (const family of families) {
    if (!isWanted(family, wanted)) continue
    const prefix = prefixOf(family.name)
    const group = groups.get(prefix)
    if (group === undefined) groups.set(prefix, [family])
    else group.push(family)
  }
  const shared = [...groups].filter(([, group]) => group.length > 1)
  const single = [...groups].flatMap(([, group]) => (group.length > 1 ? [] : group))
  const sorted = shared.sort(([a], [b]) => compare(a, b))
  const isLast = ([, [first]]: [string, FamilySummary[]]) => first !== undefined && isOfRuntime(first)
  const others: [string, FamilySummary[]][] = single.length > 0 ? [[sorted.length > 0 ? 'others' : '', single]] : []
  const ordered = [...sorted.filter((group) => !isLast(group)), ...others, ...sorted.filter(isLast)]
  return ordered.flatMap(([prefix, group]): CatalogueRow[] => [
    { kind: 'group', prefix, count: group.length },
    ...group.sort((a, b) => compare(a.name, b.name)).map((family): CatalogueRow => ({ kind: 'family', family })),
  ])
}

/** What choices there are: the types, and the labels with most metrics first. */
export function toChoices(families: readonly FamilySummary[]): { types: string[]; labels: string[] } {
  const labels = new Map<string, number>()
  for (const family of families) for (const { name } of family.labels) labels.set(name, (labels.get(name) ?? 0) + 1)
  return {
    types: [...new Set(families.map(({ type }) => type))].sort(),
    labels: [...labels].sort(([a, m], [b, n]) => n - m || compare(a, b)).map(([name]) => name),
  }
}

/** Of `http_server_requests_total` it is `http`; of a recording rule's `job:requests:rate5m` it is `job:`. */
function prefixOf(name: string): string {
  return /^[^_:.]+:?/.exec(name)?.[0] ?? name
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
