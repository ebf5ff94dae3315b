// Regular expressions as Prometheus reads them: RE2's language in linear time, anchored at both ends, `.` is any character.
import { RE2JS } from 're2js'

/** Throws an Error in RE2's words when `pattern` is none. */
export function anchoredRegexp(pattern: string): RE2JS {
  return RE2JS.compile(`^(?s:${pattern})$`)
}
