// The trace that a request belongs to, as its W3C `traceparent` header says it.
import type { Labels } from './metric-types'

/** `00-<trace id>-<span id>-<flags>`; a later version may have more to say after one more hyphen. */
const TRACEPARENT = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/

/** Some room for what a later version may add. */
const MAX_LENGTH = 256

/**
 * The labels of an exemplar, `trace_id` and `span_id`, which is the caller's span; undefined where the header is missing
 * or isn't valid (https://www.w3.org/TR/trace-context/, "traceparent Header"). Whether the caller has sampled the trace
 * makes no difference: that flag is what was decided there and then, and a collector that decides at a trace's end, or a
 * log, may know the trace all the same.
 */
export function parseTraceparent(header: unknown): Labels | undefined {
  if (typeof header !== 'string' || header.length > MAX_LENGTH) return undefined
  const [, version, traceId, spanId, rest] = TRACEPARENT.exec(header) ?? []
  if (traceId === undefined || spanId === undefined) return undefined
  if (version === '00' && rest !== undefined) return undefined
  return { trace_id: traceId, span_id: spanId }
}
