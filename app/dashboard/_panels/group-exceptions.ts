// The same exception again and again is one thing to know: how often, and when last.
import type { RecentException } from '@/server/instrument/exception-log'

export type ExceptionGroup = { newest: RecentException; count: number }

/** Groups what has the same name, message, method and route, by the newest of each group, newest first. */
export function groupExceptions(exceptions: readonly RecentException[]): ExceptionGroup[] {
  const groups = new Map<string, ExceptionGroup>()
  for (const exception of exceptions) {
    const { name, message, method, route } = exception
    const key = JSON.stringify([name, message, method, route])
    const group = groups.get(key)
    if (group === undefined) {
      groups.set(key, { newest: exception, count: 1 })
    } else {
      group.count += 1
      if (exception.atMs > group.newest.atMs) group.newest = exception
    }
  }
  return [...groups.values()].sort((a, b) => b.newest.atMs - a.newest.atMs)
}
