// The name of this process as a target of its own scrapes, and its address.
import cluster from 'node:cluster'
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { env, isPushing } from './env'
import { perProcess } from './per-process'

/** `isOriginKnown`: it was told, and not taken for what is usual. */
export type ThisProcess = { origin: string; isOriginKnown: boolean; job: string; instance: string }

/** Throws if the environment is wrong. */
export function thisProcess(): ThisProcess {
  // Next tells its own origin, which knows of --hostname and of a port that was taken.
  const told = process.env.__NEXT_PRIVATE_ORIGIN
  const origin = told ?? `http://localhost:${env().port}`
  const isOriginKnown = told !== undefined || process.env.PORT === String(env().port)
  const { instance: given, job } = env()
  // The host and port where a Prometheus would find this process.
  const instance =
    app().instance ??
    given ??
    (isPushing(env()) ? nameAmongOthers(isOriginKnown ? new URL(origin).port : '') : new URL(origin).host)
  return { origin, isOriginKnown, job, instance }
}

/** From now on this process is called as the app is whose workers it joins. */
export function joinInstance(instance: string): void {
  app().instance = instance
}

/**
 * Who sends its samples has no address by which it is told from others: it is called as its machine, or as the environment of a
 * function is in Lambda. Where that says nothing it is a name of this process alone.
 */
function nameAmongOthers(port: string): string {
  const [, environment] = /\]([0-9a-f]{32})$/.exec(process.env.AWS_LAMBDA_LOG_STREAM_NAME ?? '') ?? []
  if (environment !== undefined) return environment
  const isNoName = process.env.VERCEL !== undefined || /^(?:localhost\b|127\.|169\.254\.|$)/.test(hostname())
  if (isNoName) return perProcess('random-name', () => ({ text: randomUUID() })).text
  if (port === '') return `${hostname()}-${process.pid}`
  // Those that share a folder are one app, and one of them sends.
  const { NODE_APP_INSTANCE, pm_id } = process.env
  const worker = env().dataDir === undefined ? (cluster.worker?.id ?? NODE_APP_INSTANCE ?? pm_id) : undefined
  return `${hostname()}:${port}${worker === undefined ? '' : `/${worker}`}`
}

const app = (): { instance?: string } => perProcess('app-instance', () => ({}))
