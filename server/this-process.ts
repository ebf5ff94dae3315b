// The name of this process as a target of its own scrapes, and its address.
import { env } from './env'
import { perProcess } from './per-process'

/** `isOriginKnown`: it was told, and not taken for what is usual. */
export type ThisProcess = { origin: string; isOriginKnown: boolean; job: string; instance: string }

/** Throws if the environment is wrong. */
export function thisProcess(): ThisProcess {
  // Next tells its own origin, which knows of --hostname and of a port that was taken.
  const told = process.env.__NEXT_PRIVATE_ORIGIN
  const origin = told ?? `http://localhost:${env().port}`
  const isOriginKnown = told !== undefined || process.env.PORT === String(env().port)
  // The host and port where a Prometheus would find this process.
  const instance = app().instance ?? new URL(origin).host
  return { origin, isOriginKnown, job: env().job, instance }
}

/** From now on this process is called as the app is whose workers it joins. */
export function joinInstance(instance: string): void {
  app().instance = instance
}

const app = (): { instance?: string } => perProcess('app-instance', () => ({}))
