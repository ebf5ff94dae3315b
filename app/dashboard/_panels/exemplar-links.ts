// Where an exemplar leads: to its trace, and to Explore.
import { toExploreQuery } from '../_state/explore-query'
import type { View } from '../_state/view'
import { toCarried, toQuery, toWindow } from '../_state/view'
import type { Exemplar } from './use-exemplars'

type Labels = Exemplar['labels']

/** As client libraries write them. */
const TRACE_IDS = ['trace_id', 'traceID', 'traceId', 'TraceID']
const SPAN_IDS = ['span_id', 'spanID', 'spanId', 'SpanID']

/** Before and after it. */
const AROUND_MS = 60_000

const first = (labels: Labels, names: readonly string[]) =>
  names.map((name) => labels[name]).find((id) => id !== undefined)

export function traceIdOf({ labels }: Pick<Exemplar, 'labels'>): string | undefined {
  return first(labels, TRACE_IDS)
}

/** `template` is TRACE_URL_TEMPLATE's; undefined without it, and where the exemplar names no trace. */
export function toTraceUrl({ labels }: Pick<Exemplar, 'labels'>, template: string | undefined): string | undefined {
  const traceId = first(labels, TRACE_IDS)
  if (template === undefined || traceId === undefined) return undefined
  const spanId = first(labels, SPAN_IDS) ?? ''
  return template
    .replaceAll('{trace_id}', () => encodeURIComponent(traceId))
    .replaceAll('{span_id}', () => encodeURIComponent(spanId))
}

/** What its series are, in few words: `GET /users/[id] 200`; of others all their labels but those of every target's. */
export function toSeriesWords({ series }: Pick<Exemplar, 'series'>): string {
  const { method, route, status } = series
  if (route !== undefined) return [method, route, status].filter((part) => part !== undefined).join(' ')
  const others = Object.entries(series).filter(([name]) => !['__name__', 'job', 'instance', 'le'].includes(name))
  return others.map(([name, value]) => `${name}="${value}"`).join(' ') || (series.__name__ ?? '')
}

/** Explore's query, with its `?`: the latency of its series around its moment. */
export function toExemplarExplore({ series, timeMs }: Pick<Exemplar, 'series' | 'timeMs'>, view: View): string {
  const { __name__: name = '', le: _, ...labels } = series
  const matchers = Object.entries(labels).map(([name, value]) => `${toLabelName(name)}=${JSON.stringify(value)}`)
  const selector = `{${[JSON.stringify(name), ...matchers].join(', ')}}`
  const expr = name.endsWith('_bucket')
    ? `histogram_quantile(0.95, sum by (le) (rate(${selector}[$__rate_interval])))`
    : selector
  const window = toWindow(Math.floor(timeMs - AROUND_MS), Math.ceil(timeMs + AROUND_MS))
  return toExploreQuery(
    {
      queries: [{ expr, legend: '', isOff: false }],
      show: 'graph',
      drawing: 'auto',
      unit: /_seconds(?:_bucket)?$/.test(name) ? 'seconds' : 'plain',
      step: 'auto',
    },
    toQuery({ ...toCarried(view), window }),
  )
}

const toLabelName = (name: string) => (/^[a-zA-Z_]\w*$/.test(name) ? name : JSON.stringify(name))
