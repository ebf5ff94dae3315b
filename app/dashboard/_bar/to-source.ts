// Who answers the page's questions, in words.
import type { Status } from '../_panels/use-status'

export type Source = { name: string; target: string }

/** `this app localhost:3000`, or `Prometheus prometheus.example:9090`. */
export function toSource({ source, targets }: Pick<Status, 'source' | 'targets'>): Source {
  if (source.kind === 'embedded') return { name: 'this app', target: targets[0]?.instance ?? '' }
  return { name: 'Prometheus', target: URL.canParse(source.url) ? new URL(source.url).host : source.url }
}
