// The exceptions of this process: counted in exceptions_total, and the newest kept.
import { env } from '../env'
import { nowMs } from '../outside'
import { perProcess } from '../per-process'
import type {
  ExceptionExample,
  ExceptionGroup,
  ExceptionLabels,
  ExceptionLog,
  ExceptionReport,
  RecentException,
} from './exception-log'
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

/** What is known of the exceptions with the same labels: at most 200 groups, the one that was seen last first. */
export function exceptionGroups(): ExceptionGroup[] {
  return log().groups()
}

/** The newest 5 of a group that have different messages, newest first. */
export function exceptionExamples(labels: ExceptionLabels): ExceptionExample[] {
  return log().examples(labels)
}

/** For the status of each response, by the headers of its request: see `ExceptionLog.answered`. */
export function exceptionLog(): Pick<ExceptionLog, 'answered'> {
  return log()
}

function log(): ExceptionLog {
  return perProcess('exceptions', () => createExceptionLog(nowMs, env().errorDetails))
}
