// The workers that this process is one of, the same in every copy of this module.
import { join } from 'node:path'
import type { Env } from '../../env'
import { processMetrics } from '../../instrument/merged-registries'
import { logWarning } from '../../log'
import { perProcess } from '../../per-process'
import { thisProcess } from '../../this-process'
import { collect } from '../collect'
import { collectNow } from '../collect-now'
import type { Snapshot } from '../snapshot'
import type { Workers, WorkersOptions } from './workers'
import { createWorkers } from './workers'

/** The folder in DATA_DIR. */
const FOLDER = 'workers'

/** Undefined without a DATA_DIR, and before the start of the process is complete. */
export const processWorkers = (): Workers | undefined => holder().workers

/**
 * From now on this process is one of the app's workers, until its very end. `next dev` is one process, beside which another
 * one of the same folder is another app. Does nothing without a DATA_DIR.
 */
export function startWorkers({ dataDir }: Env, mayFold: WorkersOptions['mayFold']): void {
  if (dataDir === undefined || process.env.NODE_ENV === 'development' || processWorkers() !== undefined) return
  const { instance, job } = thisProcess()
  const workers = createWorkers({
    directory: join(dataDir, FOLDER),
    job,
    instance,
    startedAtMs: Math.floor(performance.timeOrigin),
    collectOwn: () => collect(processMetrics()),
    mayFold,
    log: logWarning,
  })
  holder().workers = workers
  workers.start()
  process.once('exit', () => workers.end(collectNow(processMetrics())))
}

/** What the app has counted, as any of its workers says it. */
export function collectApp(options: { signal: AbortSignal; withCreated: boolean }): Promise<Snapshot> {
  return processWorkers()?.collect(options) ?? collect(processMetrics(), options)
}

function holder(): { workers: Workers | undefined } {
  return perProcess('workers', () => ({ workers: undefined }))
}
