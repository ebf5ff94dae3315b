// The name of this process as a target of its own scrapes, and its address.
import { env } from './env'

export type ThisProcess = { origin: string; job: string; instance: string }

/** Throws if the environment is wrong. */
export function thisProcess(): ThisProcess {
  // Next tells its own origin, which knows of --hostname and of a port that was taken.
  const origin = process.env.__NEXT_PRIVATE_ORIGIN ?? `http://localhost:${env().port}`
  // The host and port where a Prometheus would find this process.
  return { origin, job: 'hearth', instance: new URL(origin).host }
}
