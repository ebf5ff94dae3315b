// The exceptions of this process: counted in exceptions_total, and the newest kept.
import { perProcess } from '../per-process'
import type { ExceptionReport, RecentException } from './exception-log'
import { createExceptionLog } from './exception-log'
import { guarded } from './guarded'
import { metrics } from './metrics'

/** Counts an exception and keeps it among the recent ones. Never throws. */
export const recordException = guarded('recordException', (report: ExceptionReport) => {
  metrics().exceptionsTotal.inc(log().add(report))
})

/** The last 100 exceptions, newest first. */
export function recentExceptions(): RecentException[] {
  return log().recent()
}

function log() {
  return perProcess('exceptions', createExceptionLog)
}
