// Where this machine has vmalert, of VictoriaMetrics: for the test in which it evaluates rules against this app.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findOnPath, isProgram } from './find-on-path.mjs'

/** The folder that `installVmalert` unpacks into. */
export const VMALERT_CACHE = fileURLToPath(new URL('../.cache/victoria-metrics', import.meta.url))

/** What to do when there is none. */
export const VMALERT_ADVICE =
  'Install vmalert (https://docs.victoriametrics.com/victoriametrics/vmalert/) so that it is on the PATH, or set VMALERT_PATH to it.'

/**
 * VMALERT_PATH when that is set (and nothing else is then looked at), else the first on the PATH, else the one in
 * `.cache/`.
 * @returns {string | undefined} the program's path; undefined when there is none
 */
export function findVmalert() {
  const wanted = process.env.VMALERT_PATH
  const names = ['vmalert', 'victoria-metrics-vmalert', 'vmalert-prod']
  const cached = names.map((name) => join(VMALERT_CACHE, 'usr', 'bin', name))
  return (wanted ? [wanted] : [...findOnPath(names), ...cached]).find(isProgram)
}
