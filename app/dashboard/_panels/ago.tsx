// How long ago something was, and exactly when for programs that read the page.
import { toAgo } from '../_format/time'

export function Ago({ atMs, nowMs }: { atMs: number; nowMs: number }) {
  return <time dateTime={new Date(atMs).toISOString()}>{toAgo(atMs, nowMs)}</time>
}
