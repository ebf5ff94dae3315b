// Where this machine has programs of VictoriaMetrics: vmalert, for the test in which it evaluates rules against this app, and the
// database itself, for those that send it samples.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findOnPath, isProgram } from './find-on-path.mjs'

/** The folder that `installVmalert` and `installVictoriaMetrics` unpack into. */
export const VMALERT_CACHE = fileURLToPath(new URL('../.cache/victoria-metrics', import.meta.url))

/** What to do when there is none. */
export const VMALERT_ADVICE =
  'Install vmalert (https://docs.victoriametrics.com/victoriametrics/vmalert/) so that it is on the PATH, or set VMALERT_PATH to it.'

export const VICTORIA_METRICS_ADVICE =
  'Install VictoriaMetrics (https://docs.victoriametrics.com/victoriametrics/) so that victoria-metrics is on the PATH, or set VICTORIA_METRICS_PATH to it.'

/**
 * VMALERT_PATH when that is set (and nothing else is then looked at), else the first on the PATH, else the one in
 * `.cache/`.
 * @returns {string | undefined} the program's path; undefined when there is none
 */
export const findVmalert = () => find('VMALERT_PATH', ['vmalert', 'victoria-metrics-vmalert', 'vmalert-prod'])

/**
 * VICTORIA_METRICS_PATH, in the same way.
 * @returns {string | undefined} the program's path; undefined when there is none
 */
export const findVictoriaMetrics = () => find('VICTORIA_METRICS_PATH', ['victoria-metrics', 'victoria-metrics-prod'])

/**
 * @param {string} variable
 * @param {readonly string[]} names
 */
function find(variable, names) {
  const wanted = process.env[variable]
  const cached = names.map((name) => join(VMALERT_CACHE, 'usr', 'bin', name))
  return (wanted ? [wanted] : [...findOnPath(names), ...cached]).find(isProgram)
}
