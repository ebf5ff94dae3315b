// The workers that this process is one of, the same in every copy of this module.
import cluster from 'node:cluster'
import { join } from 'node:path'
import type { Env } from '../../env'
import { processMetrics } from '../../instrument/merged-registries'
import { logWarning } from '../../log'
import { perProcess } from '../../per-process'
import { joinInstance, thisProcess } from '../../this-process'
import { variableName } from '../../variable-name'
import { collect } from '../collect'
import { collectNow } from '../collect-now'
import type { Snapshot } from '../snapshot'
import type { Workers, WorkersOptions } from './workers'
import { createWorkers, instanceIn } from './workers'

/** The folder in DATA_DIR. */
const FOLDER = 'workers'

/** Where nothing is shared, and a cluster or PM2 says that there may be others. */
const ALONE = `this process may be one of several of this app, and shows only what it has counted itself: set ${variableName('DATA_DIR')} to a folder that all of them can write.`

/** Undefined without a DATA_DIR, and before the start of the process is complete. */
export const processWorkers = (): Workers | undefined => holder().workers

/**
 * From now on this process is one of the app's workers, until its very end. `next dev` is one process, beside which another
 * one of the same folder is another app. Does nothing without a DATA_DIR.
 */
export function startWorkers(environment: Env, mayFold: WorkersOptions['mayFold']): void {
  const directory = folderOf(environment)
  const { NODE_APP_INSTANCE, pm_id, NODE_ENV } = process.env
  const isOneOfSeveral = cluster.isWorker || NODE_APP_INSTANCE !== undefined || pm_id !== undefined
  if (directory === undefined && isOneOfSeveral && NODE_ENV !== 'development') logWarning(ALONE)
  if (directory === undefined || processWorkers() !== undefined) return
  const { instance, job } = thisProcess()
  const workers = createWorkers({
    directory,
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

/** Calls this process as the app is whose workers it is about to join. To be called before anything asks for its name. */
export function joinApp(environment: Env): void {
  const directory = folderOf(environment)
  const instance = directory === undefined ? undefined : instanceIn(directory, environment.job)
  if (instance !== undefined) joinInstance(instance)
}

function folderOf({ dataDir }: Env): string | undefined {
  return dataDir === undefined || process.env.NODE_ENV === 'development' ? undefined : join(dataDir, FOLDER)
}

/** What the app has counted, as any of its workers says it. */
export function collectApp(options: { signal: AbortSignal; withCreated: boolean }): Promise<Snapshot> {
  return processWorkers()?.collect(options) ?? collect(processMetrics(), options)
}

function holder(): { workers: Workers | undefined } {
  return perProcess('workers', () => ({ workers: undefined }))
}
