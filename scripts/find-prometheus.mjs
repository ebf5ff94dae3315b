// Where this machine has a real Prometheus and its promtool: for the tests that compare this app with it.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findOnPath, isProgram } from './find-on-path.mjs'

/**
 * @typedef {object} Release a major version of Prometheus to test against
 * @property {number} major
 * @property {string} variable the environment variable that names its binary
 * @property {string} cache the folder that `installPrometheus` unpacks into
 * @property {string} advice what to do when there is none
 */

/** The one that answers as this app does. @type {Release} */
export const PROMETHEUS_3 = {
  major: 3,
  variable: 'PROMETHEUS_PATH',
  cache: fileURLToPath(new URL('../.cache/prometheus', import.meta.url)),
  advice:
    'Install Prometheus 3 (https://prometheus.io/download) so that prometheus and promtool are on the PATH, or set PROMETHEUS_PATH to the prometheus binary, with promtool beside it.',
}

/** The one that many still run: it asks for formats in other words, and reads them with another parser. @type {Release} */
export const PROMETHEUS_2 = {
  major: 2,
  variable: 'PROMETHEUS_2_PATH',
  cache: fileURLToPath(new URL('../.cache/prometheus-2', import.meta.url)),
  advice: 'Set PROMETHEUS_2_PATH to the prometheus binary of a Prometheus 2, with promtool beside it.',
}

/** What to do when there is no Prometheus 3. */
export const PROMETHEUS_ADVICE = PROMETHEUS_3.advice

/**
 * Its variable's when that is set (and nothing else is then looked at), else the first on the PATH, else the one in
 * `.cache/`. One of another major version is not taken: it answers PromQL differently.
 * @param {Release} [release]
 * @returns {string | undefined} the program's path; undefined when there is none
 */
export function findPrometheus(release = PROMETHEUS_3) {
  return findPair(release)?.prometheus
}

/**
 * @param {Release} [release]
 * @returns {string | undefined} the promtool beside that Prometheus
 */
export function findPromtool(release = PROMETHEUS_3) {
  return findPair(release)?.promtool
}

/**
 * @param {Release} release
 * @returns {{ prometheus: string, promtool: string } | undefined}
 */
function findPair({ major, variable, cache }) {
  const wanted = process.env[variable]
  const candidates = wanted ? [wanted] : [...findOnPath(['prometheus']), join(cache, 'usr', 'bin', 'prometheus')]
  return candidates
    .map((prometheus) => ({ prometheus, promtool: join(dirname(prometheus), promtoolFor(prometheus)) }))
    .find(({ prometheus, promtool }) => isProgram(prometheus) && isProgram(promtool) && majorOf(prometheus) === major)
}

/** @param {string} prometheus */
function promtoolFor(prometheus) {
  return prometheus.endsWith('.exe') ? 'promtool.exe' : 'promtool'
}

/** @param {string} prometheus */
function majorOf(prometheus) {
  const { stdout, stderr } = spawnSync(prometheus, ['--version'], { encoding: 'utf8', timeout: 20_000 })
  return Number(/version (\d+)\./.exec(`${stdout}${stderr}`)?.[1])
}
